import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';

const rules = JSON.parse(await readFile(new URL('./rules.json', import.meta.url), 'utf8')).map((r) => ({ ...r, re: new RegExp(r.re, 'gi') }));
const SKIP = new Set(['node_modules', '.git', 'dist', 'coverage']);
const NAMES = [/^\.env(\..+)?$/, /^id_(rsa|ed25519|ecdsa)$/, /^\.npmrc$/, /^\.pypirc$/, /\.pem$/, /^credentials$/];

export function entropy(s) {
  const f = {};
  for (const c of s) f[c] = (f[c] ?? 0) + 1;
  return -Object.values(f).reduce((a, n) => a + (n / s.length) * Math.log2(n / s.length), 0);
}

export function scanText(text, file = '<text>') {
  const out = [];
  text.split('\n').forEach((line, i) => {
    if (line.includes('leak-sniffer:ignore')) return;
    for (const rule of rules) {
      for (const m of line.matchAll(rule.re)) {
        out.push({ rule: rule.id, file, line: i + 1, fingerprint: createHash('sha1').update(m[0]).digest('hex').slice(0, 12), sample: m[0].slice(0, 6) + '…' });
      }
    }
    for (const [, v] of line.matchAll(/['"]([A-Za-z0-9+/=_-]{32,120})['"]/g)) {
      if (entropy(v) > 4.7) out.push({ rule: 'high-entropy', file, line: i + 1, sample: v.slice(0, 4) + '…' });
    }
  });
  return out;
}

export async function* walk(dir) {
  for (const e of await readdir(dir, { withFileTypes: true })) {
    if (SKIP.has(e.name)) continue;
    const p = join(dir, e.name);
    if (e.isDirectory()) yield* walk(p);
    else if (e.isFile() && (await stat(p)).size < 1 << 20) yield p;
  }
}

export async function scanDir(dir, { baseline = [] } = {}) {
  const found = [];
  const known = new Set(baseline);
  for await (const p of walk(dir)) {
    const name = p.split(/[\\/]/).pop();
    if (NAMES.some((re) => re.test(name))) found.push({ rule: 'sensitive-file', file: p, line: 0, sample: name });
    const buf = await readFile(p);
    if (buf.subarray(0, 8000).includes(0)) continue;
    found.push(...scanText(buf.toString('utf8'), p).filter((f) => !known.has(f.fingerprint)));
  }
  return found;
}
