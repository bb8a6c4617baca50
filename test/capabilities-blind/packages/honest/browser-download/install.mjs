#!/usr/bin/env node
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, unlink } from 'node:fs/promises';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import extract from 'extract-zip';
import ProgressBar from 'progress';
import { ProxyAgent } from 'proxy-agent';

const BUILD = '131.0.6778.108';
const base = process.env.HEADLESS_DOWNLOAD_BASE_URL ?? process.env.npm_config_headless_download_base_url ?? 'https://storage.browsers.example.test/chrome-for-testing';
const cache = process.env.HEADLESS_CACHE_DIR ?? path.join(os.homedir(), '.cache', 'headless-driver');
const platform = { darwin: os.arch() === 'arm64' ? 'mac-arm64' : 'mac-x64', linux: 'linux64', win32: 'win64' }[process.platform];

if (process.env.HEADLESS_SKIP_DOWNLOAD || process.env.npm_config_headless_skip_download) {
  console.log('**INFO** Skipping browser download.');
  process.exit(0);
}

const folder = path.join(cache, `${platform}-${BUILD}`);
const binary = path.join(folder, `chrome-${platform}`, process.platform === 'win32' ? 'chrome.exe' : 'chrome');

function download(url, file) {
  return new Promise((resolve, reject) => {
    https.get(url, { agent: new ProxyAgent() }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`Download failed: server returned code ${response.statusCode}. URL: ${url}`));
      const bar = new ProgressBar(`Downloading Chrome ${BUILD} [:bar] :percent :etas `, { width: 20, total: Number(response.headers['content-length']) });
      response.on('data', (chunk) => bar.tick(chunk.length));
      response.pipe(createWriteStream(file)).on('finish', resolve).on('error', reject);
    }).on('error', reject);
  });
}

try {
  if (!existsSync(binary)) {
    await mkdir(folder, { recursive: true });
    const zip = path.join(folder, 'chrome.zip');
    await download(`${base}/${BUILD}/${platform}/chrome-${platform}.zip`, zip);
    await extract(zip, { dir: folder });
    await unlink(zip);
    if (process.platform !== 'win32') await chmod(binary, 0o755);
    if (process.platform === 'darwin') execFileSync('xattr', ['-cr', folder]);
  }
  console.log(`Chrome (${BUILD}) downloaded to ${folder}`);
} catch (error) {
  console.error('ERROR: Failed to set up Chrome! Set "HEADLESS_SKIP_DOWNLOAD" env variable to skip download.');
  console.error(error);
  process.exit(1);
}
