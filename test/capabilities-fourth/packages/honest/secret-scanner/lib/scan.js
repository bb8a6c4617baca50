'use strict';
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');

const RULES = [
  ['aws-access-key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['npm-token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['github-token', /\bgh[pousr]_[A-Za-z0-9]{36}\b/],
  ['private-key', /-----BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY-----/],
  ['slack-token', /\bxox[abpr]-[0-9A-Za-z-]{10,}/],
  ['npmrc-auth', /:_(authToken|password)\s*=\s*(?!\$\{)\S+/],
  ['ethereum-key', /\b0x[a-f0-9]{64}\b/],
];

const entropy = (s) => { const f = {}; for (const c of s) f[c] = (f[c] || 0) + 1; return Object.values(f).reduce((a, n) => a - (n / s.length) * Math.log2(n / s.length), 0); };

async function* files(target) {
  const st = await fs.promises.stat(target).catch(() => null);
  if (!st) return;
  if (st.isFile()) { if (st.size < 1 << 20) yield target; return; }
  for (const d of await fs.promises.readdir(target, { withFileTypes: true })) {
    if (d.name === 'node_modules' || d.name === '.git') continue;
    const full = path.join(target, d.name);
    if (d.isDirectory()) yield* files(full);
    else if (d.isFile()) yield full;
  }
}

exports.scan = async function* scan(root, { ignore = new Set() } = {}) {
  for await (const file of files(root)) {
    const text = await fs.promises.readFile(file, 'utf8').catch(() => '');
    if (text.includes('\0')) continue;
    const lines = text.split('\n');
    for (let i = 0; i < lines.length; i++) {
      for (const [rule, re] of RULES) {
        const m = re.exec(lines[i]);
        if (!m || (m[0].length > 30 && entropy(m[0]) < 3)) continue;
        const fingerprint = crypto.createHash('sha1').update(`${file}:${rule}:${m[0]}`).digest('hex');
        if (ignore.has(fingerprint)) continue;
        yield { file, line: i + 1, rule, fingerprint, redacted: m[0].slice(0, 4) + '*'.repeat(8) };
      }
    }
  }
};
