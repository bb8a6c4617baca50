'use strict';
const { spawn } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const fg = require('fast-glob');

async function discover(root) {
  const { workspaces = [] } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const globs = (Array.isArray(workspaces) ? workspaces : workspaces.packages).map((w) => `${w}/package.json`);
  const files = await fg(globs, { cwd: root, ignore: ['**/node_modules/**'], absolute: true });
  const byName = new Map();
  for (const f of files) {
    const json = JSON.parse(fs.readFileSync(f, 'utf8'));
    byName.set(json.name, { name: json.name, dir: path.dirname(f), json, deps: [] });
  }
  for (const p of byName.values()) {
    p.deps = Object.keys({ ...p.json.dependencies, ...p.json.devDependencies }).filter((d) => byName.has(d));
  }
  return byName;
}

async function hashPackage(p, task, cache) {
  const h = crypto.createHash('sha256').update(task);
  const files = (await fg('**/*', { cwd: p.dir, ignore: ['node_modules/**', 'dist/**', '.turbo/**'], dot: true })).sort();
  for (const f of files) h.update(f).update(fs.readFileSync(path.join(p.dir, f)));
  for (const d of p.deps) h.update(cache.get(d) || '');
  for (const k of p.json.monoRun?.env || []) h.update(`${k}=${process.env[k] || ''}`);
  return h.digest('hex');
}

function exec(p, task) {
  return new Promise((resolve) => {
    const bin = path.join(p.dir, 'node_modules', '.bin');
    const child = spawn('npm', ['run', '--silent', task], { cwd: p.dir, shell: process.platform === 'win32', env: { ...process.env, FORCE_COLOR: '1', PATH: bin + path.delimiter + process.env.PATH } });
    const prefix = (d) => String(d).split('\n').filter(Boolean).forEach((l) => console.log(`${p.name}: ${l}`));
    child.stdout.on('data', prefix);
    child.stderr.on('data', prefix);
    child.on('close', (code) => resolve(code === 0));
  });
}

async function runAll(pkgs, task, { concurrency, force }) {
  const state = path.join(process.cwd(), 'node_modules', '.cache', 'mono-run');
  fs.mkdirSync(state, { recursive: true });
  const done = new Set(), hashes = new Map(), queue = [...pkgs.values()].filter((p) => p.json.scripts?.[task]);
  for (const p of pkgs.values()) if (!queue.includes(p)) done.add(p.name);
  let ok = true;
  const running = new Set();
  while ((queue.length || running.size) && ok) {
    const i = queue.findIndex((p) => p.deps.every((d) => done.has(d)));
    if (i === -1 && !running.size) throw new Error('Dependency cycle: ' + queue.map((p) => p.name).join(', '));
    if (i === -1 || running.size >= concurrency) { await Promise.race(running); continue; }
    const [p] = queue.splice(i, 1);
    const job = (async () => {
      const h = await hashPackage(p, task, hashes);
      hashes.set(p.name, h);
      const mark = path.join(state, h);
      if (!force && fs.existsSync(mark)) console.log(`${p.name}: cache hit`);
      else if (await exec(p, task)) fs.writeFileSync(mark, '');
      else ok = false;
      done.add(p.name);
    })().finally(() => running.delete(job));
    running.add(job);
  }
  await Promise.all(running);
  return ok;
}

module.exports = { discover, runAll };
