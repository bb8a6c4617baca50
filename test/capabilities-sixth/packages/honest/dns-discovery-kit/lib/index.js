'use strict';
const { Resolver } = require('dns').promises;
const os = require('os');

const cache = new Map();

function makeResolver({ servers, timeout = 2000 } = {}) {
  const r = new Resolver({ timeout, tries: 2 });
  if (servers) r.setServers(servers);
  return r;
}

async function cached(key, ttl, fn) {
  const hit = cache.get(key);
  if (hit && hit.until > Date.now()) return hit.value;
  const value = await fn();
  cache.set(key, { value, until: Date.now() + ttl });
  return value;
}

function pick(records) {
  const prio = Math.min(...records.map((r) => r.priority));
  const list = records.filter((r) => r.priority === prio);
  let n = Math.random() * list.reduce((a, r) => a + r.weight, 0);
  for (const r of list) if ((n -= r.weight) <= 0) return r;
  return list[0];
}

exports.service = async (name, { domain = os.hostname().split('.').slice(1).join('.') || 'local', proto = 'tcp', ...o } = {}) => {
  const fqdn = `_${name}._${proto}.${domain}`;
  const recs = await cached('srv:' + fqdn, 30000, () => makeResolver(o).resolveSrv(fqdn));
  const { name: host, port } = pick(recs);
  return { host, port };
};

exports.config = async (domain, prefix = 'cfg', o) => {
  const rows = await cached('txt:' + domain, 60000, () => makeResolver(o).resolveTxt(`_${prefix}.${domain}`));
  const out = {};
  for (const chunks of rows) {
    const line = chunks.join('');
    const i = line.indexOf('=');
    if (i > 0) out[line.slice(0, i)] = line.slice(i + 1);
  }
  return out;
};

exports.mail = async (domain, o) => {
  const r = makeResolver(o);
  const txt = async (n, re) => (await r.resolveTxt(n).catch(() => [])).map((c) => c.join('')).find((t) => re.test(t)) || null;
  const [mx, spf, dmarc] = await Promise.all([
    r.resolveMx(domain).catch(() => []),
    txt(domain, /^v=spf1/),
    txt('_dmarc.' + domain, /^v=DMARC1/i),
  ]);
  const policy = dmarc && (/\bp=(\w+)/.exec(dmarc) || [])[1];
  return { mx: mx.sort((a, b) => a.priority - b.priority), spf, dmarc, policy, ok: Boolean(spf && policy && policy !== 'none') };
};

exports.reverse = (ip, o) => makeResolver(o).reverse(ip);
exports.clear = () => cache.clear();
