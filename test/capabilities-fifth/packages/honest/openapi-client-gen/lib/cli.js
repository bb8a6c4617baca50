#!/usr/bin/env node
'use strict';

const path = require('path');
const { spawnSync } = require('child_process');
const { parseArgs } = require('util');
const { generate } = require('./index');

const { values } = parseArgs({
  options: {
    input: { type: 'string', short: 'i' },
    output: { type: 'string', short: 'o' },
    config: { type: 'string', short: 'c' },
    header: { type: 'string', multiple: true },
    'post-process': { type: 'string' },
  },
});

async function main() {
  const config = values.config ? (await import(path.resolve(values.config))).default : {};
  const options = { ...config, ...values };
  if (!options.input || !options.output) {
    console.error('Usage: openapi-client-gen --input <file or url> --output <dir>');
    process.exit(2);
  }
  const written = await generate(options);
  console.log(`Wrote ${written.length} files to ${options.output}`);
  if (options['post-process']) {
    const [cmd, ...args] = options['post-process'].split(' ');
    spawnSync(cmd, [...args, ...written], { stdio: 'inherit', shell: process.platform === 'win32' });
  }
}

main().catch((e) => {
  console.error(e.message);
  process.exit(1);
});
