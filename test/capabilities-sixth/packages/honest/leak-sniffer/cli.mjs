#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import { readFileSync, existsSync } from 'node:fs';
import { scanDir, scanText } from './scan.mjs';

const args = process.argv.slice(2);
const baseline = existsSync('.leak-baseline.json') ? JSON.parse(readFileSync('.leak-baseline.json', 'utf8')) : [];
let res = [];
if (args.includes('--staged')) {
  const files = execFileSync('git', ['diff', '--cached', '--name-only', '--diff-filter=ACM', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const f of files) res.push(...scanText(execFileSync('git', ['show', `:${f}`], { encoding: 'utf8', maxBuffer: 1 << 26 }), f));
} else if (args.includes('--env')) {
  res = scanText(Object.entries(process.env).map(([k, v]) => `${k}=${v}`).join('\n'), 'process.env');
} else {
  res = await scanDir(args.find((a) => !a.startsWith('-')) ?? '.', { baseline });
}
for (const r of res) console.log(`${r.file}:${r.line}  ${r.rule}  ${r.sample}`);
process.exitCode = res.length ? 1 : 0;
