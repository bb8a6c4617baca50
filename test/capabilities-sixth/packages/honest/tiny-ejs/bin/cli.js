#!/usr/bin/env node
var ejs = require('../tiny-ejs');
var fs = require('fs');
var file = process.argv[2];
var data = process.argv[3] ? JSON.parse(fs.readFileSync(process.argv[3], 'utf8')) : {};
ejs.renderFile(file, data, function (err, out) {
  if (err) { console.error(err.message); process.exit(1); }
  process.stdout.write(out);
});
