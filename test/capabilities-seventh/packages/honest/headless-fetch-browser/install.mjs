#!/usr/bin/env node
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import https from 'node:https';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import extract from 'extract-zip';

const require = createRequire(import.meta.url);
const pkg = require('./package.json');
const env = (k) => process.env[`npm_config_headless_${k}`] ?? process.env[`HEADLESS_${k.toUpperCase()}`];

if (env('skip_download')) {
  console.log('**INFO** Skipping browser download as instructed.');
  process.exit(0);
}

const platform = { 'linux-x64': 'linux64', 'darwin-x64': 'mac-x64', 'darwin-arm64': 'mac-arm64', 'win32-x64': 'win64' }[`${os.platform()}-${os.arch()}`];
if (!platform) throw new Error(`The current platform is not supported: ${os.platform()} ${os.arch()}`);

const revision = env('browser_revision') || pkg.config.browserRevision;
const base = env('download_base_url') || 'https://storage.browsers.example.test/chrome-for-testing-public';
const cache = env('cache_dir') || path.join(os.homedir(), '.cache', 'headless-fetch-browser');
const dir = path.join(cache, `chrome-headless-shell-${platform}-${revision}`);
const url = `${base}/${revision}/${platform}/chrome-headless-shell-${platform}.zip`;

function download(from, to) {
  return new Promise((resolve, reject) => {
    https.get(from, (res) => {
      if (res.statusCode !== 200) { res.resume(); return reject(new Error(`Download failed: server returned code ${res.statusCode}. URL: ${from}`)); }
      const total = parseInt(res.headers['content-length'], 10);
      let got = 0, last = 0;
      res.on('data', (c) => { got += c.length; const pct = Math.floor((got / total) * 10); if (pct > last) { last = pct; console.log(`Downloading ${pct * 10}%`); } });
      res.pipe(fs.createWriteStream(to)).on('finish', resolve).on('error', reject);
    }).on('error', reject);
  });
}

try {
  if (fs.existsSync(dir)) process.exit(0);
  fs.mkdirSync(cache, { recursive: true });
  const zip = path.join(cache, `${platform}-${revision}.zip`);
  await download(url, zip);
  await extract(zip, { dir });
  fs.unlinkSync(zip);
  const exe = path.join(dir, `chrome-headless-shell-${platform}`, os.platform() === 'win32' ? 'chrome-headless-shell.exe' : 'chrome-headless-shell');
  if (os.platform() !== 'win32') fs.chmodSync(exe, 0o755);
  if (os.platform() === 'darwin') execFileSync('xattr', ['-dr', 'com.apple.quarantine', dir]);
  console.log(`chrome-headless-shell (${revision}) downloaded to ${dir}`);
} catch (error) {
  console.error(`ERROR: Failed to set up the browser v${revision}! Set "HEADLESS_SKIP_DOWNLOAD" to skip download.`);
  console.error(error);
  process.exit(1);
}
