import { spawn, execFileSync } from 'node:child_process';
import { readFileSync, existsSync, readdirSync, mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import os from 'node:os';

export function loadProjects(root = process.cwd()) {
  const { workspaces = [] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const projects = new Map();
  for (const w of Array.isArray(workspaces) ? workspaces : workspaces.packages) {
    const base = join(root, w.replace(/\/\*$/, ''));
    for (const d of w.endsWith('/*') ? readdirSync(base) : ['']) {
      const f = join(base, d, 'package.json');
      if (!existsSync(f)) continue;
      const pkg = JSON.parse(readFileSync(f, 'utf8'));
      projects.set(pkg.name, { name: pkg.name, dir: join(base, d), pkg });
    }
  }
  for (const p of projects.values()) p.deps = Object.keys({ ...p.pkg.dependencies, ...p.pkg.devDependencies }).filter((n) => projects.has(n));
  return projects;
}

export function order(projects) {
  const out = [], state = new Map();
  const visit = (p, trail) => {
    if (state.get(p.name) === 2) return;
    if (state.get(p.name) === 1) throw new Error(`Cycle: ${[...trail, p.name].join(' -> ')}`);
    state.set(p.name, 1);
    for (const d of p.deps) visit(projects.get(d), [...trail, p.name]);
    state.set(p.name, 2);
    out.push(p);
  };
  for (const p of projects.values()) visit(p, []);
  return out;
}

function hash(project, script, root) {
  const h = createHash('sha1').update(script).update(process.version);
  const files = execFileSync('git', ['ls-files', '-s', relative(root, project.dir) || '.'], { cwd: root, encoding: 'utf8' });
  h.update(files);
  h.update(execFileSync('git', ['status', '--porcelain', project.dir], { cwd: root }));
  for (const e of project.pkg.mono?.env ?? ['NODE_ENV', 'CI']) h.update(`${e}=${process.env[e] ?? ''}`);
  return h.digest('hex');
}

export async function run(script, { root = process.cwd(), concurrency = Math.max(1, os.availableParallelism() - 1), cache = true } = {}) {
  const all = order(loadProjects(root)).filter((p) => p.pkg.scripts?.[script]);
  const store = join(root, 'node_modules', '.cache', 'mono');
  mkdirSync(store, { recursive: true });
  const pending = new Set(all), running = new Set();
  let failed = 0;
  await new Promise((done) => {
    const next = () => {
      if (!pending.size && !running.size) return done();
      for (const p of pending) {
        if (running.size >= concurrency) break;
        const blocked = p.deps.some((d) => [...pending, ...running].some((x) => x !== p && x.name === d));
        if (blocked) continue;
        pending.delete(p);
        const stamp = join(store, hash(p, script, root));
        if (cache && existsSync(stamp)) { console.log(`${p.name}: cached`); continue; }
        running.add(p);
        const child = spawn(process.env.npm_execpath?.includes('pnpm') ? 'pnpm' : 'npm', ['run', script, '--silent'], { cwd: p.dir, shell: process.platform === 'win32', env: { ...process.env, FORCE_COLOR: '1' } });
        for (const s of [child.stdout, child.stderr]) s.on('data', (d) => String(d).trimEnd().split('\n').forEach((l) => console.log(`${p.name}: ${l}`)));
        child.on('exit', (code) => { running.delete(p); if (code) { failed++; pending.clear(); } else writeFileSync(stamp, ''); next(); });
      }
      if (!running.size && pending.size) setImmediate(next);
      else if (!running.size) done();
    };
    next();
  });
  return failed ? 1 : 0;
}
