#!/usr/bin/env node
'use strict';
const { spawn } = require('child_process');
const input = process.argv.slice(2);
const bin = require('../');

if (bin !== null) {
  spawn(bin, input, { stdio: 'inherit' }).on('exit', process.exit);
} else {
  throw new Error(`Platform "${process.platform} (${process.arch})" not supported.`);
}
