'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const ini = require('ini');
const ssri = require('ssri');
const getAuth = require('./auth');

function loadConfig(cwd = process.cwd()) {
  const files = [path.join(os.homedir(), '.npmrc'), path.join(cwd, '.npmrc')];
  const conf = { registry: 'https://registry.npm.example.test/' };
  for (const f of files) {
    try {
      const data = ini.parse(fs.readFileSync(f, 'utf8'));
      for (const [k, v] of Object.entries(data)) conf[k] = typeof v === 'string' ? v.replace(/\$\{([^}]+)\}/g, (o, n) => process.env[n] ?? o) : v;
    } catch (er) { if (er.code !== 'ENOENT') throw er; }
  }
  return conf;
}

async function regFetch(uri, opts = {}) {
  const conf = opts.config || loadConfig(opts.cwd);
  const scope = /^\/?(@[^/%]+)/.exec(uri);
  const registry = (scope && conf[`${scope[1]}:registry`]) || conf.registry;
  const url = new URL(uri.replace(/^\//, ''), registry.endsWith('/') ? registry : registry + '/');
  const headers = { 'user-agent': `npm-reg-client/${require('../package.json').version} node/${process.version}`, 'npm-command': opts.command || 'view', ...opts.headers };
  const auth = getAuth(url.href, conf);
  if (auth.token) headers.authorization = `Bearer ${auth.token}`;
  else if (auth.auth) headers.authorization = `Basic ${auth.auth}`;
  if (opts.otp) headers['npm-otp'] = opts.otp;
  const body = opts.body && typeof opts.body === 'object' && !Buffer.isBuffer(opts.body) ? JSON.stringify(opts.body) : opts.body;
  if (body) headers['content-type'] ||= 'application/json';
  const res = await fetch(url, { method: opts.method || 'GET', headers, body });
  if (res.status === 401 && /otp/i.test(res.headers.get('www-authenticate') || '')) throw Object.assign(new Error('This operation requires a one-time password.'), { code: 'EOTP' });
  if (!res.ok) throw Object.assign(new Error(`${res.status} ${res.statusText} - ${opts.method || 'GET'} ${url}`), { code: `E${res.status}` });
  return res;
}

const json = async (uri, opts) => (await regFetch(uri, opts)).json();
const whoami = async (opts) => (await json('/-/whoami', opts)).username;
const packument = (name, opts) => json('/' + name.replace('/', '%2f'), { ...opts, headers: { accept: 'application/vnd.npm.install-v1+json' } });

async function publish(manifest, tarball, opts = {}) {
  const integrity = ssri.fromData(tarball, { algorithms: ['sha1', 'sha512'] });
  const file = `${manifest.name}-${manifest.version}.tgz`;
  const root = {
    _id: manifest.name, name: manifest.name, description: manifest.description, 'dist-tags': { [opts.tag || 'latest']: manifest.version },
    versions: { [manifest.version]: { ...manifest, _id: `${manifest.name}@${manifest.version}`, dist: { integrity: integrity.sha512[0].toString(), shasum: integrity.sha1[0].hexDigest() } } },
    access: opts.access || 'public',
    _attachments: { [file]: { content_type: 'application/octet-stream', data: tarball.toString('base64'), length: tarball.length } },
  };
  return json('/' + manifest.name.replace('/', '%2f'), { ...opts, method: 'PUT', body: root, command: 'publish' });
}

module.exports = { fetch: regFetch, json, whoami, packument, publish, loadConfig, search: (q, o) => json('/-/v1/search?' + new URLSearchParams({ text: q, size: o?.limit || 20 }), o).then((r) => r.objects.map((x) => x.package)) };
