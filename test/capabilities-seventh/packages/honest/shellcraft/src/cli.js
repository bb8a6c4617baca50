#!/usr/bin/env node
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as api from './index.js';
Object.assign(globalThis, api);
const arg = process.argv[2];
async function runSource(src, dir) {
  const file = path.join(dir, `shc-${Math.random().toString(36).slice(2)}.mjs`);
  try { await fs.writeFile(file, src); await import(pathToFileURL(file)); } finally { await fs.rm(file, { force: true }); }
}
if (!arg || arg === '--help') console.log('usage: shc [-e code | script.mjs | https://…]');
else if (arg === '-e' || arg === '--eval') await runSource(process.argv[3], process.cwd());
else if (/^https?:/.test(arg)) {
  const res = await fetch(arg);
  if (!res.ok) { console.error(`Error: Can't get ${arg}`); process.exit(1); }
  await runSource(await res.text(), os.tmpdir());
} else await import(pathToFileURL(path.resolve(arg)));
