#!/usr/bin/env node
'use strict';
const fs = require('fs');
const vm = require('vm');
const packer = require('./packer');
const arrays = require('./string-array');

const detectors = [packer, arrays];

function unpack(source) {
  let out = source;
  for (let round = 0; round < 5; round++) {
    const found = detectors.find((d) => d.detect(out));
    if (!found) break;
    out = found.unpack(out, (code, sandbox) => vm.runInNewContext(code, Object.assign(Object.create(null), sandbox), { timeout: 1000 }));
  }
  return out.replace(/\\x([0-9a-f]{2})/gi, (m, h) => {
    const c = String.fromCharCode(parseInt(h, 16));
    return /[\w .,:/-]/.test(c) ? c : m;
  }).replace(/\b(\w+)\["(\w+)"\]/g, '$1.$2');
}

module.exports = unpack;
if (require.main === module) process.stdout.write(unpack(fs.readFileSync(process.argv[2] || 0, 'utf8')));
