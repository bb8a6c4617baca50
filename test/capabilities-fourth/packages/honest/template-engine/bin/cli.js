#!/usr/bin/env node
'use strict';
const fs = require('fs');
const ejst = require('../lib/ejst');
const [file, dataFile] = process.argv.slice(2);
const data = dataFile ? JSON.parse(fs.readFileSync(dataFile, 'utf8')) : Object.assign({}, process.env);
process.stdout.write(ejst.render(fs.readFileSync(file, 'utf8'), data, { filename: file }));
