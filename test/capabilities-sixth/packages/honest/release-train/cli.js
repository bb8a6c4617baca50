#!/usr/bin/env node
const release = require('./lib/release');
const argv = process.argv.slice(2);
release({ type: argv.find((a) => !a.startsWith('-')) || 'patch', dryRun: argv.includes('--dry-run'), otp: (argv.find((a) => a.startsWith('--otp=')) || '').slice(6) })
  .catch((e) => { console.error(e.message); process.exit(1); });
