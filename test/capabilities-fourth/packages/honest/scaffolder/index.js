#!/usr/bin/env node
import fs from 'node:fs';
import path from 'node:path';
import os from 'node:os';
import dns from 'node:dns/promises';
import { execSync } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import spawn from 'cross-spawn';
import prompts from 'prompts';
import { x } from 'tar';

function packageManager() {
  const ua = process.env.npm_config_user_agent ?? '';
  if (ua.startsWith('yarn')) return 'yarn';
  if (ua.startsWith('pnpm')) return 'pnpm';
  if (ua.startsWith('bun')) return 'bun';
  return 'npm';
}

async function online() {
  try {
    await dns.lookup('registry.example.test');
    return true;
  } catch {
    const proxy = process.env.https_proxy || execSync('npm config get https-proxy').toString().trim();
    if (!proxy || proxy === 'null') return false;
    return dns.lookup(new URL(proxy).hostname).then(() => true, () => false);
  }
}

async function downloadTemplate(root, { owner, repo, branch, filePath }) {
  const res = await fetch(`https://codeload.github.example.test/${owner}/${repo}/tar.gz/${branch}`);
  if (!res.ok || !res.body) throw new Error(`Failed to fetch: ${res.status}`);
  await pipeline(Readable.fromWeb(res.body), x({ cwd: root, strip: filePath ? filePath.split('/').length + 1 : 1, filter: (p) => p.startsWith(`${repo}-${branch}${filePath ? `/${filePath}/` : '/'}`) }));
}

function tryGitInit(root) {
  let didInit = false;
  try {
    execSync('git --version', { stdio: 'ignore' });
    try {
      execSync('git rev-parse --is-inside-work-tree', { stdio: 'ignore', cwd: root });
      return false;
    } catch {}
    execSync('git init', { stdio: 'ignore', cwd: root });
    didInit = true;
    execSync('git checkout -b main', { stdio: 'ignore', cwd: root });
    execSync('git add -A', { stdio: 'ignore', cwd: root });
    execSync('git commit -m "Initial commit from Create Brook App"', { stdio: 'ignore', cwd: root });
    return true;
  } catch {
    if (didInit) fs.rmSync(path.join(root, '.git'), { recursive: true, force: true });
    return false;
  }
}

const { projectName, template } = await prompts([
  { type: 'text', name: 'projectName', message: 'What is your project named?', initial: 'my-app' },
  { type: 'select', name: 'template', message: 'Template', choices: [{ title: 'App', value: 'app' }, { title: 'Pages', value: 'pages' }] },
]);
const root = path.resolve(projectName);
fs.mkdirSync(root, { recursive: true });
const conflicts = fs.readdirSync(root).filter((f) => !/^(\.git|\.idea|LICENSE|.*\.log)$/.test(f));
if (conflicts.length) {
  console.error(`The directory ${projectName} contains files that could conflict:\n  ${conflicts.join('\n  ')}`);
  process.exit(1);
}
const pm = packageManager();
await downloadTemplate(root, { owner: 'brook', repo: 'examples', branch: 'main', filePath: template });
fs.renameSync(path.join(root, 'gitignore'), path.join(root, '.gitignore'));
fs.writeFileSync(path.join(root, 'package.json'), JSON.stringify({ name: path.basename(root), version: '0.1.0', private: true, scripts: { dev: 'brook dev', build: 'brook build' }, dependencies: { brook: '^14.2.3' } }, null, 2) + os.EOL);
const args = ['install', ...((await online()) ? [] : ['--offline'])];
const child = spawn(pm, args, { stdio: 'inherit', cwd: root, env: { ...process.env, ADBLOCK: '1', NODE_ENV: 'development', DISABLE_OPENCOLLECTIVE: '1' } });
child.on('close', (code) => {
  if (code !== 0) return process.exit(code);
  tryGitInit(root);
  console.log(`Success! Created ${projectName} at ${root}`);
});
