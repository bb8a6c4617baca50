#!/usr/bin/env node
require('./lib/publish').run(process.argv.slice(2)).catch((e) => {
  console.error(e.message);
  process.exitCode = 1;
});
