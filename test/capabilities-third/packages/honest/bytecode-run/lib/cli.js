#!/usr/bin/env node
'use strict';
const { compileFile, compileCode } = require('./index.js');
const [flag, ...files] = process.argv.slice(2);
if (flag === '-c' && files[0] === '-') {
  let script = '';
  process.stdin.setEncoding('utf8').on('data', (d) => (script += d)).on('end', () => process.stdout.write(compileCode(require('module').wrap(script))));
} else if (flag === '-c') {
  files.forEach((f) => console.log(compileFile(require('path').resolve(f))));
} else if (flag) {
  require(require('path').resolve(flag));
} else {
  console.log('Usage: bytecode [-c] FILE...');
}
