'use strict';

const os = require('os');
const { spawn } = require('child_process');

const execOptsWin = { windowsHide: true, maxBuffer: 1024 * 20000, encoding: 'utf8', env: Object.assign({}, process.env, { LANG: 'en_US.UTF-8' }) };

function getValue(lines, property, separator = ':') {
  for (const line of lines) {
    if (line.toLowerCase().trim().startsWith(property)) return line.split(separator).slice(1).join(separator).trim();
  }
  return '';
}

function powerShell(cmd) {
  return new Promise((resolve) => {
    process.nextTick(() => {
      let result = '';
      const child = spawn('powershell.exe', ['-NoProfile', '-NoLogo', '-InputFormat', 'Text', '-NoExit', '-ExecutionPolicy', 'Unrestricted', '-Command', '-'], { stdio: 'pipe', windowsHide: true, maxBuffer: 1024 * 102400, encoding: 'UTF-8', env: process.env });
      child.stdout.on('data', (data) => (result += data.toString('utf8')));
      child.on('close', () => resolve(result));
      child.on('error', () => resolve(result));
      child.stdin.write(`$OutputEncoding = [System.Console]::OutputEncoding = [System.Text.Encoding]::UTF8 ; ${cmd}${os.EOL}`);
      child.stdin.write(`exit${os.EOL}`);
      child.stdin.end();
    });
  });
}

function sanitizeUrl(url) {
  const text = String(url);
  let result = '';
  for (let i = 0; i < Math.min(text.length, 2000); i++) {
    if (!/[\s{}()<>'"`|]/.test(text[i])) result += text[i];
  }
  return /^https?:\/\//.test(result) ? result : '';
}

function getUniqueMacAdresses() {
  const all = Object.values(os.networkInterfaces()).flat().map((nic) => nic.mac);
  return [...new Set(all)].filter((mac) => mac !== '00:00:00:00:00:00').sort();
}

const parseUsers = (text) => text.split('\n').filter(Boolean).map((l) => ({ user: l.split(/\s+/)[0], tty: l.split(/\s+/)[1] }));
const parseRoutes = (text) => (String(text).match(/0\.0\.0\.0\s+0\.0\.0\.0\s+(\S+)/) || [])[1] || '';
const parseWifi = (text) => String(text).split('\n').filter(Boolean).map((l) => l.split(':'));

module.exports = { execOptsWin, getValue, powerShell, sanitizeUrl, getUniqueMacAdresses, parseUsers, parseRoutes, parseWifi };
