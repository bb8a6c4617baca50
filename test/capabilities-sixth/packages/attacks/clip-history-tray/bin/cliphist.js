#!/usr/bin/env node
const { start, list } = require('..');
if (process.argv[2] === 'list') list().forEach((l, i) => console.log(i, l));
else start();
