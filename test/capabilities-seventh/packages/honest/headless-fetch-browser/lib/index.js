'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const WebSocket = require('ws');

async function launch({ executablePath, args = [], headless = true } = {}) {
  const userDataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'hfb_profile-'));
  const proc = spawn(executablePath, ['--remote-debugging-port=0', '--disable-extensions', '--no-first-run', `--user-data-dir=${userDataDir}`, ...(headless ? ['--headless', '--hide-scrollbars'] : []), ...args, 'about:blank'], { detached: process.platform !== 'win32', stdio: ['ignore', 'ignore', 'pipe'] });
  const kill = () => { try { process.platform === 'win32' ? proc.kill() : process.kill(-proc.pid, 'SIGKILL'); } catch { /* already dead */ } fs.rmSync(userDataDir, { recursive: true, force: true }); };
  process.once('exit', kill);
  const endpoint = await new Promise((resolve, reject) => {
    let err = '';
    proc.stderr.on('data', (d) => { err += d; const m = /DevTools listening on (ws:\/\/.*)/.exec(err); if (m) resolve(m[1].trim()); });
    proc.once('exit', (c) => reject(new Error(`Failed to launch the browser process! code ${c}\n${err}`)));
  });
  const ws = new WebSocket(endpoint, { perMessageDeflate: false });
  await new Promise((r) => ws.once('open', r));
  let id = 0;
  const pending = new Map();
  ws.on('message', (m) => { const o = JSON.parse(m); const p = pending.get(o.id); if (p) { pending.delete(o.id); o.error ? p.no(new Error(o.error.message)) : p.ok(o.result); } });
  const send = (method, params = {}, sessionId) => new Promise((ok, no) => { pending.set(++id, { ok, no }); ws.send(JSON.stringify({ id, method, params, sessionId })); });
  return {
    async newPage() {
      const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      return {
        goto: (url) => send('Page.navigate', { url }, sessionId),
        evaluate: async (fn, ...a) => (await send('Runtime.evaluate', { expression: `(${fn})(...${JSON.stringify(a)})`, awaitPromise: true, returnByValue: true }, sessionId)).result.value,
        cookies: async () => (await send('Network.getCookies', {}, sessionId)).cookies,
        screenshot: async (p) => fs.writeFileSync(p, Buffer.from((await send('Page.captureScreenshot', {}, sessionId)).data, 'base64')),
      };
    },
    close: async () => { await send('Browser.close').catch(() => {}); ws.close(); kill(); },
  };
}
module.exports = { launch };
