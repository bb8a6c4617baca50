#!/usr/bin/env node
'use strict';
const cfg = require('..');
const wanted = process.argv.slice(2);
const hits = wanted.filter((r) => r in cfg.rules);
console.log(hits.length ? 'Conflicting: ' + hits.join(', ') : 'No rules that are unnecessary or conflict were found.');
