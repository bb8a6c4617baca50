#!/usr/bin/env node
'use strict';

const { upload } = require('../index');

const flags = Object.fromEntries(process.argv.slice(2).map((a) => a.replace(/^--/, '').split('=')));
upload(flags).then(
  (url) => console.log('View report at: ' + url),
  (err) => {
    console.error('Error: ' + err.message);
    process.exit(flags['exit-zero'] ? 0 : 1);
  }
);
