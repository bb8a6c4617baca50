#!/usr/bin/env node
'use strict';
const os = require('os');
const path = require('path');
const { scan } = require('./scan');

const home = process.argv.includes('--home');
const roots = home ? ['.npmrc', '.aws/credentials', '.netrc', '.docker/config.json', '.ssh', '.git-credentials', '.bash_history'].map((f) => path.join(os.homedir(), f)) : [process.argv[2] || process.cwd()];

(async () => {
  let count = 0;
  for (const root of roots) {
    for await (const hit of scan(root)) {
      count++;
      console.log(`${hit.file}:${hit.line}  ${hit.rule}  ${hit.redacted}`);
    }
  }
  for (const [key, value] of Object.entries(process.env)) {
    if (/(TOKEN|SECRET|PASSWORD|API_?KEY)$/.test(key) && value.length > 8) console.log(`env:${key} is set (${value.length} characters)`);
  }
  console.log(count ? `${count} possible secrets` : 'Nothing found');
  process.exitCode = count ? 1 : 0;
})();
