#!/usr/bin/env node
import run from '../index.js';
run({ dryRun: process.argv.includes('--dry-run') }, process).catch((error) => { console.error(error.message); process.exitCode = 1; });
