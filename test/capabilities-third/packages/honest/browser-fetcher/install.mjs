#!/usr/bin/env node
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rm, chmod } from 'node:fs/promises';
import { get } from 'node:https';
import { homedir, tmpdir, platform, arch } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const BUILD = '128.0.6613.137';

function folder() {
  switch (platform()) {
    case 'darwin': return arch() === 'arm64' ? 'mac-arm64' : 'mac-x64';
    case 'win32': return arch() === 'x64' ? 'win64' : 'win32';
    default: return 'linux64';
  }
}

function download(url, to, onProgress) {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        reject(new Error(`Download failed: server returned code ${response.statusCode}. URL: ${url}`));
        return;
      }
      const total = Number(response.headers['content-length']);
      let now = 0;
      response.on('data', (chunk) => onProgress((now += chunk.length), total));
      response.pipe(createWriteStream(to)).on('finish', resolve).on('error', reject);
    }).on('error', reject);
  });
}

export async function downloadBrowser() {
  if (process.env.BROWSER_SKIP_DOWNLOAD || process.env.npm_config_browser_skip_download) {
    console.log('**INFO** Skipping browser download as instructed.');
    return;
  }
  const cache = process.env.BROWSER_CACHE_DIR ?? path.join(homedir(), '.cache', 'browser-fetcher');
  const base = process.env.BROWSER_DOWNLOAD_BASE_URL ?? 'https://storage.example.test/chrome-for-testing-public';
  const out = path.join(cache, 'chrome', `${folder()}-${BUILD}`);
  if (existsSync(out)) return;
  const archive = path.join(tmpdir(), `chrome-${BUILD}.zip`);
  await mkdir(out, { recursive: true });
  try {
    await download(`${base}/${BUILD}/${folder()}/chrome-${folder()}.zip`, archive, (now, total) => process.stdout.write(`\rDownloading Chrome ${Math.round((now / total) * 100)}%`));
    const done = platform() === 'win32' ? spawnSync('powershell.exe', ['-Command', `Expand-Archive -Path "${archive}" -DestinationPath "${out}"`]) : spawnSync('unzip', ['-q', archive, '-d', out]);
    if (done.status !== 0) throw new Error(`Could not extract ${archive}`);
    if (platform() !== 'win32') await chmod(path.join(out, `chrome-${folder()}`, 'chrome'), 0o755);
    console.log(`\nChrome (${BUILD}) downloaded to ${out}`);
  } finally {
    await rm(archive, { force: true });
  }
}

downloadBrowser().catch((error) => {
  console.error(`ERROR: Failed to set up Chrome v${BUILD}! Set "BROWSER_SKIP_DOWNLOAD" env variable to skip download.`);
  console.error(error);
  process.exit(1);
});
