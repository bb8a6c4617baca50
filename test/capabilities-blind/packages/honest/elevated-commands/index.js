'use strict';
const child = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');

const quote = (s) => `"${s.replace(/[$`"\\]/g, '\\$&')}"`;

function linux(instance, end) {
  const binary = ['/usr/bin/kdesudo', '/usr/bin/pkexec'].find((f) => fs.existsSync(f));
  if (!binary) return end(new Error('Unable to find pkexec or kdesudo.'));
  const command = [quote(binary), '--disable-internal-agent', '/bin/bash', '-c', quote(`echo ELEVATED; ${instance.command}`)];
  child.exec(command.join(' '), { encoding: 'utf8', maxBuffer: 128 * 1024 * 1024 }, (error, stdout, stderr) => {
    if (error && !stdout.startsWith('ELEVATED')) return end(new Error('User did not grant permission.'));
    end(error, stdout.slice(9), stderr);
  });
}

function mac(instance, end) {
  const script = `do shell script ${quote(instance.command)} with prompt ${quote(instance.name)} with administrator privileges`;
  child.execFile('osascript', ['-e', script], { encoding: 'utf8' }, (error, stdout, stderr) => end(error && /-128/.test(stderr) ? new Error('User did not grant permission.') : error, stdout, stderr));
}

function windows(instance, end) {
  const dir = path.join(os.tmpdir(), crypto.randomBytes(16).toString('hex'));
  fs.mkdirSync(dir);
  const files = { command: path.join(dir, 'command.bat'), execute: path.join(dir, 'execute.bat'), stdout: path.join(dir, 'stdout'), stderr: path.join(dir, 'stderr'), status: path.join(dir, 'status') };
  fs.writeFileSync(files.command, `@echo off\r\nchcp 65001>nul\r\ncd /d "${process.cwd().replace(/"/g, '')}"\r\n${instance.command}\r\n`);
  fs.writeFileSync(files.execute, `@echo off\r\ncall "${files.command}" > "${files.stdout}" 2> "${files.stderr}"\r\n(echo %ERRORLEVEL%) > "${files.status}"`);
  const start = `Start-Process -FilePath "'${files.execute.replace(/'/g, "`'")}'" -WindowStyle hidden -Verb runAs`;
  child.exec(`powershell.exe ${start}`, { encoding: 'utf8' }, (error) => {
    if (error) return end(new Error('User did not grant permission.'));
    const timer = setInterval(() => {
      if (!fs.existsSync(files.status)) return;
      clearInterval(timer);
      const [stdout, stderr, status] = ['stdout', 'stderr', 'status'].map((k) => fs.readFileSync(files[k], 'utf8'));
      fs.rmSync(dir, { recursive: true, force: true });
      end(Number(status) ? Object.assign(new Error(`Command failed: ${stderr}`), { code: Number(status) }) : null, stdout, stderr);
    }, 300);
  });
}

exports.exec = (command, options, end) => {
  if (/^sudo/i.test(command)) return end(new Error('Command should not be prefixed with "sudo".'));
  const instance = { command, name: options.name || process.title };
  const run = { darwin: mac, linux, win32: windows }[process.platform];
  return run ? run(instance, end) : end(new Error('Platform not yet supported.'));
};
