#!/usr/bin/env node
const { scanTree, scanStaged } = require('../src/scan');
const args = process.argv.slice(2);
const findings = args.includes('--staged') ? scanStaged() : scanTree(args.find((a) => !a.startsWith('-')) || '.');
for (const f of findings) console.log(`${f.file}:${f.line}  ${f.rule}  ${f.match.slice(0, 4)}${'*'.repeat(12)}`);
console.log(findings.length ? `\n${findings.length} potential secret(s)` : 'No secrets found');
process.exit(findings.length ? 1 : 0);
