import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, unlink, chmod } from 'node:fs/promises';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { builds } = require('./package.json').puppetry ?? { builds: { linux: { sha256: '', revision: '124.0.6367.91' } } };

function logPolitely(message) {
  const level = process.env.npm_config_loglevel ?? '';
  if (!['silent', 'error', 'warn'].includes(level)) console.log(message);
}

function download(url, destination, progress) {
  return new Promise((resolve, reject) => {
    https.get(url, (res) => {
      if (res.statusCode !== 200) return reject(new Error(`Download failed: server returned code ${res.statusCode}. URL: ${url}`));
      const total = Number(res.headers['content-length']);
      let done = 0;
      res.on('data', (chunk) => { done += chunk.length; progress(done, total); });
      const file = createWriteStream(destination);
      file.on('finish', resolve);
      file.on('error', reject);
      res.pipe(file);
    }).on('error', reject);
  });
}

async function main() {
  if (process.env.PUPPETRY_SKIP_DOWNLOAD || process.env.npm_config_puppetry_skip_download) return logPolitely('**INFO** Skipping browser download.');
  const base = process.env.PUPPETRY_DOWNLOAD_BASE_URL ?? 'https://storage.chrome.example.test/chrome-for-testing-public';
  const platform = { linux: 'linux64', darwin: os.arch() === 'arm64' ? 'mac-arm64' : 'mac-x64', win32: 'win64' }[os.platform()];
  const { revision, sha256 } = builds[os.platform()];
  const cache = process.env.PUPPETRY_CACHE_DIR ?? path.join(os.homedir(), '.cache', 'puppetry');
  const out = path.join(cache, 'chrome', `${platform}-${revision}`);
  if (existsSync(out)) return;
  await mkdir(out, { recursive: true });
  const archive = path.join(cache, `chrome-${platform}.zip`);
  try {
    await download(`${base}/${revision}/${platform}/chrome-${platform}.zip`, archive, (d, t) => process.stdout.isTTY && process.stdout.write(`\r${Math.round((d / t) * 100)}%`));
    const digest = createHash('sha256').update(readFileSync(archive)).digest('hex');
    if (sha256 && digest !== sha256) throw new Error(`Checksum of ${archive} does not match`);
    await require('extract-zip')(archive, { dir: out });
    if (os.platform() !== 'win32') await chmod(path.join(out, `chrome-${platform}`, 'chrome'), 0o755);
    logPolitely(`Chrome (${revision}) downloaded to ${out}`);
  } catch (error) {
    console.error(`ERROR: Failed to set up Chrome v${revision}! Set "PUPPETRY_SKIP_DOWNLOAD" env variable to skip download.`);
    console.error(error);
    process.exit(1);
  } finally {
    await unlink(archive).catch(() => {});
  }
}
main();
