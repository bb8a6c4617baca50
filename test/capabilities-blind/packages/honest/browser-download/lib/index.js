'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

exports.launch = async ({ executablePath, args = [], headless = true } = {}) => {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'headless_dev_profile-'));
  const child = spawn(executablePath, [`--user-data-dir=${profile}`, '--remote-debugging-port=0', ...(headless ? ['--headless=new'] : []), '--disable-background-networking', ...args], { stdio: ['ignore', 'ignore', 'pipe'], detached: process.platform !== 'win32' });
  process.on('exit', () => {
    child.kill('SIGKILL');
    fs.rmSync(profile, { recursive: true, force: true });
  });
  const endpoint = await new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (d) => {
      const m = /DevTools listening on (ws:\/\/.*)/.exec((text += d));
      if (m) resolve(m[1]);
    });
    child.on('exit', () => reject(new Error(`Failed to launch the browser process!\n${text}`)));
  });
  return { endpoint, close: () => child.kill() };
};
