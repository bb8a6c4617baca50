import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export async function launch({ executablePath, headless = true, args = [] }) {
  const userDataDir = await mkdtemp(path.join(tmpdir(), 'browser_dev_profile-'));
  const child = spawn(executablePath, ['--no-first-run', '--disable-extensions', '--remote-debugging-port=0', `--user-data-dir=${userDataDir}`, ...(headless ? ['--headless=new'] : []), ...args], { detached: process.platform !== 'win32', stdio: ['pipe', 'ignore', 'pipe'] });
  const close = async () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {}
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  process.on('exit', () => child.kill());
  const endpoint = await new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (d) => {
      text += d;
      const m = /DevTools listening on (ws:\/\/.*)/.exec(text);
      if (m) resolve(m[1]);
    });
    child.on('exit', () => reject(new Error(`Failed to launch the browser process!\n${text}`)));
  });
  const socket = new WebSocket(endpoint);
  let id = 0;
  const send = (method, params = {}) => new Promise((resolve) => {
    const mine = ++id;
    socket.addEventListener('message', (e) => {
      const m = JSON.parse(e.data);
      if (m.id === mine) resolve(m.result);
    });
    socket.send(JSON.stringify({ id: mine, method, params }));
  });
  return {
    close,
    cookies: () => send('Storage.getCookies'),
    evaluate: (fn, ...values) => send('Runtime.evaluate', { expression: `(${fn})(${values.map((v) => JSON.stringify(v)).join()})`, returnByValue: true })
  };
}
