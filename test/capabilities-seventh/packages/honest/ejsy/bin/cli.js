#!/usr/bin/env node
const fs = require('fs');
const ejsy = require('../lib/ejsy');
const [file, dataFile] = process.argv.slice(2);
if (!file) { console.error('usage: ejsy <template> [data.json]'); process.exit(1); }
const data = dataFile ? JSON.parse(fs.readFileSync(dataFile, 'utf8')) : {};
process.stdout.write(ejsy.render(fs.readFileSync(file, 'utf8'), data, { filename: file }));
