#!/usr/bin/env node
'use strict';
const fs = require('fs');
const ejs = require('../lib/ejs');
const [file, dataFile] = process.argv.slice(2);
const data = dataFile ? JSON.parse(fs.readFileSync(dataFile, 'utf8')) : {};
process.stdout.write(ejs.render(fs.readFileSync(file || 0, 'utf8'), Object.assign({ env: process.env }, data), { filename: file }));
