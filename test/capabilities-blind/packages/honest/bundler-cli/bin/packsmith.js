#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { build, watch } from '../src/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { outdir: { type: 'string', short: 'o', default: 'dist' }, watch: { type: 'boolean', short: 'w' }, minify: { type: 'boolean' }, sourcemap: { type: 'boolean' } },
});

const options = { entries: positionals.length ? positionals : ['src/index.js'], ...values };
const run = values.watch ? watch : build;
run(options).then(
  (result) => result && console.log(`built ${result.length} files in ${result.time} ms`),
  (error) => {
    console.error(error.frame ?? error.stack);
    process.exitCode = 1;
  },
);
