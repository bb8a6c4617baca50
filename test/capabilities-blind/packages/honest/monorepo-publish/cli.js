#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRelease } from './github.js';
import { bump } from './versions.js';

const registry = process.env.npm_config_registry ?? 'https://registry.example.test';
const run = (command, args, cwd) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['inherit', 'pipe', 'inherit'] }).trim();

function ensureAuth() {
  const rc = join(homedir(), '.npmrc');
  const has = existsSync(rc) && /:_authToken=/.test(readFileSync(rc, 'utf8'));
  if (!has && process.env.NPM_TOKEN) writeFileSync(rc, `//${new URL(registry).host}/:_authToken=${process.env.NPM_TOKEN}\n`, { mode: 0o600 });
  console.log(`Publishing as ${run('npm', ['whoami', '--registry', registry])}`);
}

const root = JSON.parse(readFileSync('package.json', 'utf8'));
const packages = root.workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`)).map((file) => ({ file, dir: dirname(file), json: JSON.parse(readFileSync(file, 'utf8')) }));
const changed = packages.filter(({ dir, json }) => !json.private && run('git', ['log', '--oneline', `${json.name}@${json.version}..HEAD`, '--', dir]));
if (!changed.length) {
  console.log('Nothing to release.');
  process.exit(0);
}

ensureAuth();
for (const pkg of changed) {
  const version = bump(pkg.json.version, run('git', ['log', '--format=%s', '--', pkg.dir]));
  pkg.json.version = version;
  writeFileSync(pkg.file, `${JSON.stringify(pkg.json, null, 2)}\n`);
}
run('npm', ['install', '--package-lock-only', '--ignore-scripts']);
run('git', ['add', '-A']);
run('git', ['commit', '-m', `Release ${changed.map(({ json }) => `${json.name}@${json.version}`).join(', ')}`]);
for (const { dir, json } of changed) {
  run('npm', ['publish', '--access', 'public', '--registry', registry, ...(process.env.CI ? ['--provenance'] : [])], dir);
  run('git', ['tag', `${json.name}@${json.version}`]);
}
run('git', ['push', '--follow-tags']);
await createRelease(run('git', ['remote', 'get-url', 'origin']), changed.map(({ json }) => `${json.name}@${json.version}`));
