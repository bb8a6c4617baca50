#!/usr/bin/env node
'use strict';
const { discover, runAll } = require('./index');
const [task, ...rest] = process.argv.slice(2);
if (!task) { console.error('usage: mono-run <task> [--concurrency=N] [--force]'); process.exit(64); }
const flag = (n, d) => { const m = rest.find((a) => a.startsWith(`--${n}=`)); return m ? m.split('=')[1] : d; };
discover(process.cwd())
  .then((pkgs) => runAll(pkgs, task, { concurrency: Number(flag('concurrency', require('os').cpus().length)), force: rest.includes('--force') }))
  .then((ok) => process.exit(ok ? 0 : 1));
