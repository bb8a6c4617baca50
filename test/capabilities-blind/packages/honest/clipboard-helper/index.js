'use strict';
const { execFile, spawn } = require('child_process');
const path = require('path');

const termux = process.platform === 'android' || /com\.termux/.test(process.env.PREFIX || '');
const wayland = Boolean(process.env.WAYLAND_DISPLAY);
const fallback = path.join(__dirname, 'fallbacks', 'linux', 'xsel');

const commands = {
  darwin: { copy: ['pbcopy'], paste: ['pbpaste'] },
  win32: {
    copy: ['clip'],
    paste: ['powershell', '-NoProfile', '-NonInteractive', '-Command', '[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-Clipboard -Raw'],
  },
  linux: wayland ? { copy: ['wl-copy'], paste: ['wl-paste', '--no-newline'] } : { copy: ['xsel', '--clipboard', '--input'], paste: ['xsel', '--clipboard', '--output'] },
  android: { copy: ['termux-clipboard-set'], paste: ['termux-clipboard-get'] },
};

const chosen = termux ? commands.android : commands[process.platform] || commands.linux;

exports.write = (text) =>
  new Promise((resolve, reject) => {
    const [command, ...args] = chosen.copy;
    const child = spawn(command, args, { env: { ...process.env, LC_CTYPE: 'UTF-8' } });
    child.on('error', (error) => (error.code === 'ENOENT' && process.platform === 'linux' ? spawn(fallback, ['--clipboard', '--input']).stdin.end(text) : reject(error)));
    child.on('close', (code) => (code ? reject(new Error(`${command} exited with ${code}`)) : resolve()));
    child.stdin.end(text);
  });

exports.read = () =>
  new Promise((resolve, reject) => {
    const [command, ...args] = chosen.paste;
    execFile(command, args, { maxBuffer: 1 << 26 }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
