import { Buffer } from 'node:buffer';
import { spawn, execFile } from 'node:child_process';
import fs, { constants } from 'node:fs';
import fsPromises from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = path.dirname(fileURLToPath(import.meta.url));
const { platform, arch } = process;
const run = promisify(execFile);

const isWsl = (() => {
  if (platform !== 'linux') return false;
  if (os.release().toLowerCase().includes('microsoft')) return !fs.existsSync('/.dockerenv');
  try {
    return fs.readFileSync('/proc/version', 'utf8').toLowerCase().includes('microsoft');
  } catch {
    return false;
  }
})();

const powerShell = async () => `${isWsl ? '/mnt/c' : process.env.SYSTEMROOT || process.env.windir || String.raw`C:\Windows`}\\System32\\WindowsPowerShell\\v1.0\\powershell`;

async function defaultBrowserWindows() {
  const command = String.raw`(Get-ItemProperty -Path "HKCU:\Software\Microsoft\Windows\Shell\Associations\UrlAssociations\http\UserChoice").ProgId`;
  const { stdout } = await run(await powerShell(), ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', Buffer.from(command, 'utf16le').toString('base64')], { encoding: 'utf8' });
  return stdout.trim();
}

export default async function open(target, options = {}) {
  let command;
  const args = [];
  const childOptions = {};
  if (platform === 'darwin') {
    command = 'open';
    if (options.wait) args.push('--wait-apps');
    if (options.background) args.push('--background');
    if (options.app) args.push('-a', options.app);
  } else if (platform === 'win32' || isWsl) {
    command = await powerShell();
    args.push('-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand');
    if (!isWsl) childOptions.windowsVerbatimArguments = true;
    const encoded = ['Start', options.wait ? '-Wait' : ''];
    if (options.app === 'default') encoded.push(`"${await defaultBrowserWindows()}"`);
    encoded.push(`"${target}"`);
    args.push(Buffer.from(encoded.filter(Boolean).join(' '), 'utf16le').toString('base64'));
  } else {
    const bundled = path.join(here, 'xdg-open');
    let executable = false;
    try {
      await fsPromises.access(bundled, constants.X_OK);
      executable = true;
    } catch {}
    command = process.versions.electron ?? (platform === 'android' || !executable) ? 'xdg-open' : bundled;
    childOptions.stdio = 'ignore';
    childOptions.detached = true;
  }
  if (!isWsl && platform !== 'win32') args.push(target);
  const child = spawn(command, args, childOptions);
  if (options.wait) {
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => (code > 0 ? reject(new Error(`Exited with code ${code}`)) : resolve(child)));
    });
  }
  child.unref();
  return child;
}

export const apps = { chrome: arch === 'arm64' ? ['google chrome'] : ['chrome', 'google-chrome', 'chromium'], firefox: ['firefox'] };
