#!/usr/bin/env node
import { run } from '../src/run.js';
const [script, ...rest] = process.argv.slice(2);
if (!script) { console.error('usage: mono <script> [--concurrency=N] [--no-cache]'); process.exit(2); }
const c = rest.find((a) => a.startsWith('--concurrency='));
const code = await run(script, { concurrency: c ? Number(c.split('=')[1]) : undefined, cache: !rest.includes('--no-cache') });
process.exit(code);
