'use strict';
const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');
const rules = require('./rules');

const SKIP = new Set(['node_modules', '.git', 'dist', 'coverage', 'vendor']);
const BINARY = /\.(png|jpe?g|gif|webp|ico|woff2?|ttf|zip|gz|pdf|node|wasm|exe|dll)$/i;

function entropy(s) {
  const f = {};
  for (const c of s) f[c] = (f[c] || 0) + 1;
  return Object.values(f).reduce((e, n) => e - (n / s.length) * Math.log2(n / s.length), 0);
}

function scanText(text, file) {
  const out = [];
  const allow = /leakcheck:allow/;
  text.split('\n').forEach((line, i) => {
    if (line.length > 5000 || allow.test(line)) return;
    for (const { id, re } of rules) {
      re.lastIndex = 0;
      let m;
      while ((m = re.exec(line))) out.push({ file, line: i + 1, rule: id, match: m[0] });
    }
    const generic = /(?:secret|token|password|passwd|api[_-]?key)["']?\s*[=:]\s*["']([^"'\s]{16,})["']/i.exec(line);
    if (generic && entropy(generic[1]) > 4 && !/^\$\{|process\.env/.test(generic[1])) out.push({ file, line: i + 1, rule: 'generic-high-entropy', match: generic[1] });
  });
  return out;
}

function* walk(dir) {
  for (const e of fs.readdirSync(dir, { withFileTypes: true })) {
    if (SKIP.has(e.name)) continue;
    const p = path.join(dir, e.name);
    if (e.isDirectory()) yield* walk(p);
    else if (e.isFile() && !BINARY.test(e.name)) yield p;
  }
}

exports.scanTree = (root) => { const out = []; for (const f of walk(root)) { if (fs.statSync(f).size < 2e6) out.push(...scanText(fs.readFileSync(f, 'utf8'), f)); } return out; };
exports.scanStaged = () => {
  const names = execFileSync('git', ['diff', '--cached', '--name-only', '--diff-filter=ACM', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
  return names.filter((n) => !BINARY.test(n)).flatMap((n) => scanText(execFileSync('git', ['show', ':' + n], { encoding: 'utf8', maxBuffer: 1 << 27 }), n));
};
exports.scanText = scanText;
