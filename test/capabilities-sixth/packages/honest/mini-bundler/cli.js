#!/usr/bin/env node
const { bundle, watch } = require('./lib/bundle');
const [entry, out = 'bundle.js', ...flags] = process.argv.slice(2);
const opts = { entry, out, dev: flags.includes('--dev') };
flags.includes('--watch') ? watch(opts) : bundle(opts).then((r) => console.log(`${out} ${r.size} bytes, ${r.modules} modules`));
