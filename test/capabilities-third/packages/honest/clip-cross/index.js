import process from 'node:process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = path.dirname(fileURLToPath(import.meta.url));
const xsel = path.join(here, 'fallbacks/linux/xsel');
const exe = path.join(here, `fallbacks/windows/clipboard_${process.arch === 'x64' ? 'x86_64' : 'i686'}.exe`);

const write = (command, args, input) => new Promise((resolve, reject) => {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, LC_CTYPE: 'UTF-8' } });
  child.on('error', reject);
  child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} exited with ${code}`))));
  child.stdin.end(input);
});

const isWayland = () => Boolean(process.env.WAYLAND_DISPLAY) && existsSync('/usr/bin/wl-copy');

const platforms = {
  darwin: { copy: (t) => write('pbcopy', [], t), paste: async () => (await run('pbpaste', [])).stdout },
  win32: { copy: (t) => write(exe, ['--copy'], t), paste: async () => (await run(exe, ['--paste'])).stdout },
  android: { copy: (t) => write('termux-clipboard-set', [], t), paste: async () => (await run('termux-clipboard-get', [])).stdout },
  linux: {
    copy: (t) => (isWayland() ? write('wl-copy', [], t) : write('xsel', ['--clipboard', '--input'], t).catch(() => write(xsel, ['--clipboard', '--input'], t))),
    paste: async () => (isWayland() ? (await run('wl-paste', ['-n'])).stdout : (await run('xsel', ['--clipboard', '--output']).catch(() => run(xsel, ['--clipboard', '--output']))).stdout)
  }
};

const wsl = { copy: (t) => write('clip.exe', [], t), paste: async () => (await run('powershell.exe', ['-noprofile', '-command', 'Get-Clipboard'])).stdout.replace(/\r\n$/, '') };

const platform = process.platform === 'linux' && /microsoft/i.test(execFileSync('uname', ['-r']).toString()) ? wsl : platforms[process.platform] || platforms.linux;

const clipboard = {
  async write(text) {
    if (typeof text !== 'string') throw new TypeError(`Expected a string, got ${typeof text}`);
    await platform.copy(text);
  },
  read: () => platform.paste(),
  /** Calls `listener` when the text changes. */
  watch(listener, { interval = 500 } = {}) {
    let last;
    const timer = setInterval(async () => {
      const now = await platform.paste().catch(() => last);
      if (now !== last) listener((last = now));
    }, interval);
    return () => clearInterval(timer);
  }
};
export default clipboard;
