#!/usr/bin/env node
'use strict';
const { program } = require('commander');
const path = require('path');
const { pathToFileURL } = require('url');
const { generate } = require('./index.js');

program.requiredOption('-i, --input <value>').option('-o, --output <value>', 'out', './client').option('-c, --config <file>').option('--token <value>').parse();

(async () => {
  const flags = program.opts();
  let config = {};
  if (flags.config) config = (await import(pathToFileURL(path.resolve(flags.config)).href)).default;
  await generate({ ...config, ...flags, token: flags.token || process.env.OPENAPI_TOKEN });
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
