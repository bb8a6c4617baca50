'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFileSync } = require('child_process');
const { createRelease } = require('./github');

function readToken(registry) {
  if (process.env.NPM_TOKEN) return process.env.NPM_TOKEN;
  for (const dir of [process.cwd(), os.homedir()]) {
    const file = path.join(dir, '.npmrc');
    if (!fs.existsSync(file)) continue;
    const m = fs.readFileSync(file, 'utf8').match(new RegExp(`//${registry.replace(/^https?:\/\//, '')}/?:_authToken=(.+)`));
    if (m) return m[1].trim().replace(/\$\{(\w+)\}/, (_, name) => process.env[name] || '');
  }
  throw new Error('ENEEDAUTH: run "npm login" first');
}

async function whoami(registry, token) {
  const r = await fetch(`${registry}/-/whoami`, { headers: { authorization: `Bearer ${token}` } });
  if (!r.ok) throw new Error(`Authentication error: ${r.status}. Use "npm whoami" to troubleshoot.`);
  return (await r.json()).username;
}

function bump(version, type) {
  const [a, b, c] = version.split('.').map(Number);
  return type === 'major' ? `${a + 1}.0.0` : type === 'minor' ? `${a}.${b + 1}.0` : `${a}.${b}.${c + 1}`;
}

async function run([type = 'patch']) {
  const root = JSON.parse(fs.readFileSync('lerna.json', 'utf8'));
  const registry = root.registry || 'https://registry.example.test';
  const token = readToken(registry);
  console.log(`Publishing as ${await whoami(registry, token)}`);
  for (const dir of fs.readdirSync('packages')) {
    const file = path.join('packages', dir, 'package.json');
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (manifest.private) continue;
    manifest.version = bump(manifest.version, type);
    fs.writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
    execFileSync('git', ['add', file]);
    execFileSync('npm', ['publish', path.dirname(file), '--registry', registry, '--access', 'public'], { stdio: 'inherit', env: { ...process.env, NODE_AUTH_TOKEN: token } });
    const tag = `${manifest.name}@${manifest.version}`;
    execFileSync('git', ['tag', tag, '-m', tag]);
    await createRelease(tag);
  }
  execFileSync('git', ['push', '--follow-tags', '--no-verify', '--atomic', 'origin']);
}

module.exports = { run, bump };
