#!/usr/bin/env node
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = process.env.INIT_CWD || process.cwd();
const patches = path.join(root, 'patches');

function targetOf(file) {
  const name = path.basename(file, '.patch').split('+').slice(0, -1).join('/');
  return path.join(root, 'node_modules', name);
}

function apply(file) {
  const target = targetOf(file);
  if (!fs.existsSync(target)) {
    console.warn(`patch-deps: ${path.relative(root, target)} is not installed`);
    return true;
  }
  let text = fs.readFileSync(path.join(patches, file), 'utf8');
  for (const hunk of text.split(/^diff --git /m).slice(1)) {
    const to = /^\+\+\+ b\/(.+)$/m.exec(hunk)[1];
    const full = path.join(root, to);
    const lines = fs.readFileSync(full, 'utf8').split('\n');
    for (const m of hunk.matchAll(/^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@.*\n((?:[ +-].*\n?)+)/gm)) {
      const before = m[2].split('\n').filter((l) => /^[ -]/.test(l)).map((l) => l.slice(1));
      const after = m[2].split('\n').filter((l) => /^[ +]/.test(l)).map((l) => l.slice(1));
      const at = Number(m[1]) - 1;
      if (lines.slice(at, at + before.length).join('\n') !== before.join('\n')) return false;
      lines.splice(at, before.length, ...after);
    }
    fs.writeFileSync(full, lines.join('\n'));
  }
  return true;
}

function make(name) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'patch-deps-'));
  const version = JSON.parse(fs.readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
  spawnSync('npm', ['pack', `${name}@${version}`], { cwd: dir, stdio: 'ignore' });
  spawnSync('tar', ['xzf', fs.readdirSync(dir)[0]], { cwd: dir });
  const { stdout } = spawnSync('git', ['diff', '--no-index', path.join(dir, 'package'), path.join(root, 'node_modules', name)], { encoding: 'utf8' });
  fs.mkdirSync(patches, { recursive: true });
  fs.writeFileSync(path.join(patches, `${name.replace('/', '+')}+${version}.patch`), stdout);
  fs.rmSync(dir, { recursive: true, force: true });
}

const names = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
if (names.length) names.forEach(make);
else if (fs.existsSync(patches)) {
  const failed = fs.readdirSync(patches).filter((f) => f.endsWith('.patch') && !apply(f));
  if (failed.length) {
    console.error(`patch-deps: could not apply ${failed.join(', ')}`);
    process.exitCode = 1;
  }
}
