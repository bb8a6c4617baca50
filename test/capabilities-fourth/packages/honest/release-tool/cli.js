#!/usr/bin/env node
import run from './index.js';
run({ cwd: process.cwd(), env: process.env, dryRun: process.argv.includes('--dry-run') }).catch((e) => {
  console.error(e.message);
  process.exitCode = 1;
});
