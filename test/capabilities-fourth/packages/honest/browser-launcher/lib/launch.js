'use strict';
const { spawn, execSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const INSTALLED = {
  linux: ['/usr/bin/google-chrome', '/usr/bin/chromium', '/snap/bin/chromium'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(Boolean).map((p) => path.join(p, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

function find() {
  if (process.env.CHROME_PATH && fs.existsSync(process.env.CHROME_PATH)) return process.env.CHROME_PATH;
  for (const p of INSTALLED[process.platform] || []) if (fs.existsSync(p)) return p;
  try { return execSync('which google-chrome-stable chromium-browser chrome', { stdio: 'pipe' }).toString().split('\n')[0]; } catch { throw new Error('No browser was found'); }
}

exports.launch = function launch({ headless = true, args = [], userDataDir, env = process.env } = {}) {
  const temporary = !userDataDir;
  userDataDir = userDataDir || fs.mkdtempSync(path.join(os.tmpdir(), 'puppetry_dev_profile-'));
  if (temporary) {
    const prefs = path.join(userDataDir, 'Default', 'Preferences');
    fs.mkdirSync(path.dirname(prefs), { recursive: true });
    fs.writeFileSync(prefs, JSON.stringify({ credentials_enable_service: false, profile: { password_manager_enabled: false } }));
  }
  const child = spawn(find(), ['--remote-debugging-port=0', `--user-data-dir=${userDataDir}`, '--no-first-run', '--disable-extensions', '--password-store=basic', '--use-mock-keychain', ...(headless ? ['--headless=new', '--hide-scrollbars'] : []), ...args, 'about:blank'], { detached: process.platform !== 'win32', env, stdio: ['ignore', 'ignore', 'pipe'] });
  const kill = () => {
    try { process.platform === 'win32' ? execSync(`taskkill /pid ${child.pid} /T /F`) : process.kill(-child.pid, 'SIGKILL'); } catch {}
    if (temporary) fs.rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  process.on('exit', kill);
  return new Promise((resolve, reject) => {
    let stderr = '';
    child.stderr.on('data', (c) => {
      stderr += c;
      const m = /DevTools listening on (ws:\/\/.*)/.exec(stderr);
      if (m) resolve({ wsEndpoint: m[1], process: child, close: kill });
    });
    child.on('exit', () => reject(new Error('Failed to launch the browser process!\n' + stderr)));
  });
};
