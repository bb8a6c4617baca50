'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const zlib = require('zlib');
const https = require('https');
const child_process = require('child_process');
const { packageName, subpath, binPath } = require('./lib/platform');
const { version } = require('./package.json');

const toPath = path.join(__dirname, 'bin', 'turbobuild');
let isToPathJS = true;

function validateBinaryVersion(...command) {
  command.push('--version');
  const stdout = child_process.execFileSync(command.shift(), command, { stdio: 'pipe' }).toString().trim();
  if (stdout !== version) throw new Error(`Expected ${JSON.stringify(version)} but got ${JSON.stringify(stdout)}`);
}

function isYarn() {
  const { npm_config_user_agent } = process.env;
  return npm_config_user_agent ? /\byarn\//.test(npm_config_user_agent) : false;
}

function fetch(url) {
  return new Promise((resolve, reject) => {
    https.get(url, (res) => {
      if ((res.statusCode === 301 || res.statusCode === 302) && res.headers.location) return fetch(res.headers.location).then(resolve, reject);
      if (res.statusCode !== 200) return reject(new Error(`Server responded with ${res.statusCode}`));
      const chunks = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('end', () => resolve(Buffer.concat(chunks)));
    }).on('error', reject);
  });
}

function extractFileFromTarGzip(buffer, wanted) {
  buffer = zlib.unzipSync(buffer);
  const str = (i, n) => String.fromCharCode(...buffer.subarray(i, i + n)).replace(/\0.*$/, '');
  let offset = 0;
  while (offset < buffer.length) {
    const name = str(offset, 100);
    const size = parseInt(str(offset + 124, 12), 8);
    offset += 512;
    if (!isNaN(size)) {
      if (name === wanted) return buffer.subarray(offset, offset + size);
      offset += (size + 511) & ~511;
    }
  }
  throw new Error(`Could not find ${JSON.stringify(wanted)} in archive`);
}

function installUsingNPM(binFile) {
  const env = { ...process.env, npm_config_global: undefined };
  const installDir = path.join(os.tmpdir(), `turbobuild-${Math.random().toString(36).slice(2)}`);
  fs.mkdirSync(installDir);
  fs.writeFileSync(path.join(installDir, 'package.json'), '{}');
  try {
    child_process.execSync(`npm install --loglevel=error --prefer-offline --no-audit --progress=false ${packageName}@${version}`, { cwd: installDir, stdio: 'pipe', env });
    fs.renameSync(path.join(installDir, 'node_modules', packageName, subpath), binFile);
  } finally {
    fs.rmSync(installDir, { recursive: true, force: true });
  }
}

async function downloadDirectlyFromNPM(binFile) {
  const url = `https://registry.example.test/${packageName}/-/${packageName.replace(/^@.*\//, '')}-${version}.tgz`;
  console.error(`[turbobuild] Trying to download ${JSON.stringify(url)}`);
  fs.writeFileSync(binFile, extractFileFromTarGzip(await fetch(url), `package/${subpath}`));
  fs.chmodSync(binFile, 0o755);
}

function maybeOptimizePackage(binFile) {
  if (os.platform() !== 'win32' && !isYarn()) {
    const tempPath = path.join(__dirname, 'bin-turbobuild');
    try {
      fs.linkSync(binFile, tempPath);
      fs.renameSync(tempPath, toPath);
      isToPathJS = false;
      fs.unlinkSync(tempPath);
    } catch {}
  }
}

(async () => {
  let binFile = binPath();
  if (!fs.existsSync(binFile)) {
    console.error(`[turbobuild] Failed to find package "${packageName}" on the file system`);
    try {
      installUsingNPM(binFile);
    } catch (error) {
      console.error(`[turbobuild] Failed to install package "${packageName}" using npm: ${error.message}`);
      await downloadDirectlyFromNPM(binFile);
    }
  }
  maybeOptimizePackage(binFile);
  validateBinaryVersion(...(isToPathJS ? [process.execPath, toPath] : [toPath]));
})();
