#!/usr/bin/env node
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync, execSync } from 'node:child_process';
import prompts from 'prompts';
import { green, red, cyan, bold } from 'kolorist';

const cwd = process.cwd();
const TEMPLATES = ['vanilla', 'react', 'vue', 'svelte'];
const renameFiles = { _gitignore: '.gitignore', _npmrc: '.npmrc' };

const pkgFromUserAgent = (ua) => { if (!ua) return undefined; const [name, version] = ua.split(' ')[0].split('/'); return { name, version }; };
const isEmpty = (p) => { const f = fs.readdirSync(p); return f.length === 0 || (f.length === 1 && f[0] === '.git'); };
const toValidPackageName = (n) => n.trim().toLowerCase().replace(/\s+/g, '-').replace(/^[._]/, '').replace(/[^a-z\d\-~]+/g, '-');

function emptyDir(dir) {
  if (!fs.existsSync(dir)) return;
  for (const file of fs.readdirSync(dir)) {
    if (file === '.git') continue;
    fs.rmSync(path.resolve(dir, file), { recursive: true, force: true });
  }
}

function copy(src, dest) {
  if (fs.statSync(src).isDirectory()) {
    fs.mkdirSync(dest, { recursive: true });
    for (const f of fs.readdirSync(src)) copy(path.join(src, f), path.join(dest, renameFiles[f] ?? f));
  } else fs.copyFileSync(src, dest);
}

async function fetchExample(repo, dest) {
  const url = `https://codeload.git.example.test/${repo}/tar.gz/main`;
  const tmp = path.join(dest, '.example.tgz');
  const res = await fetch(url);
  if (!res.ok) throw new Error(`Could not download ${repo}: ${res.status}`);
  fs.mkdirSync(dest, { recursive: true });
  fs.writeFileSync(tmp, Buffer.from(await res.arrayBuffer()));
  execSync(`tar -xzf ${JSON.stringify(tmp)} --strip-components=1 -C ${JSON.stringify(dest)}`);
  fs.rmSync(tmp);
}

async function init() {
  const args = process.argv.slice(2);
  const flag = (n) => { const i = args.indexOf('--' + n); return i === -1 ? undefined : args[i + 1]; };
  let target = args[0] && !args[0].startsWith('-') ? args[0].replace(/\/+$/g, '') : undefined;
  const result = await prompts([
    { type: target ? null : 'text', name: 'projectName', message: 'Project name:', initial: 'stackling-app' },
    { type: () => (target && fs.existsSync(target) && !isEmpty(target) ? 'confirm' : null), name: 'overwrite', message: () => `Target directory "${target}" is not empty. Remove existing files and continue?` },
    { type: flag('template') || flag('example') ? null : 'select', name: 'template', message: 'Select a framework:', choices: TEMPLATES.map((t) => ({ title: t, value: t })) },
    { type: 'confirm', name: 'git', message: 'Initialise a git repository?', initial: true },
    { type: 'confirm', name: 'install', message: 'Install dependencies now?', initial: true },
  ], { onCancel: () => { throw new Error(red('✖') + ' Operation cancelled'); } });
  target ||= result.projectName;
  const root = path.join(cwd, target);
  if (result.overwrite) emptyDir(root); else fs.mkdirSync(root, { recursive: true });
  console.log(`\nScaffolding project in ${root}...`);
  if (flag('example')) await fetchExample(flag('example'), root);
  else copy(path.resolve(fileURLToPath(import.meta.url), '../templates', flag('template') || result.template), root);
  const pkgFile = path.join(root, 'package.json');
  const pkg = fs.existsSync(pkgFile) ? JSON.parse(fs.readFileSync(pkgFile, 'utf8')) : { version: '0.0.0', private: true };
  pkg.name = toValidPackageName(path.basename(root));
  fs.writeFileSync(pkgFile, JSON.stringify(pkg, null, 2) + '\n');
  const pm = pkgFromUserAgent(process.env.npm_config_user_agent)?.name ?? 'npm';
  if (result.git) {
    spawnSync('git', ['init', '-q'], { cwd: root, stdio: 'inherit' });
    spawnSync('git', ['add', '-A'], { cwd: root });
    spawnSync('git', ['commit', '-qm', 'Initial commit from create-stackling'], { cwd: root });
  }
  if (result.install) spawnSync(pm, ['install'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(green(`\nDone. Now run:\n`) + `  ${bold(cyan(`cd ${path.relative(cwd, root)}`))}\n  ${pm} run dev\n`);
}
init().catch((e) => { console.error(e.message); process.exit(1); });
