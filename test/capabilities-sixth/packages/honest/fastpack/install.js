"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const zlib = require("zlib");
const https = require("https");
const crypto = require("crypto");
const child_process = require("child_process");

const { version } = require("./package.json");
const checksums = require("./checksums.json");
const toPath = path.join(__dirname, "bin", "fastpack");

const known = {
  "win32 x64 LE": ["@fastpack/win32-x64", "fastpack.exe"],
  "darwin arm64 LE": ["@fastpack/darwin-arm64", "bin/fastpack"],
  "linux x64 LE": ["@fastpack/linux-x64", "bin/fastpack"],
};

function pkgAndSubpathForCurrentPlatform() {
  const key = `${process.platform} ${os.arch()} ${os.endianness()}`;
  if (!(key in known)) throw new Error(`Unsupported platform: ${key}`);
  return { pkg: known[key][0], subpath: known[key][1] };
}

function fetch(url) {
  return new Promise((resolve, reject) => {
    https.get(url, (res) => {
      if ((res.statusCode === 301 || res.statusCode === 302) && res.headers.location)
        return fetch(res.headers.location).then(resolve, reject);
      if (res.statusCode !== 200) return reject(new Error(`Server responded with ${res.statusCode}`));
      const chunks = [];
      res.on("data", (chunk) => chunks.push(chunk));
      res.on("end", () => resolve(Buffer.concat(chunks)));
    }).on("error", reject);
  });
}

function extractFileFromTarGzip(buffer, subpath) {
  buffer = zlib.unzipSync(buffer);
  const str = (i, n) => String.fromCharCode(...buffer.subarray(i, i + n)).replace(/\0.*$/, "");
  let offset = 0;
  subpath = `package/${subpath}`;
  while (offset < buffer.length) {
    const name = str(offset, 100);
    const size = parseInt(str(offset + 124, 12), 8);
    offset += 512;
    if (!isNaN(size)) {
      if (name === subpath) return buffer.subarray(offset, offset + size);
      offset += (size + 511) & ~511;
    }
  }
  throw new Error(`Could not find ${JSON.stringify(subpath)} in archive`);
}

function binaryIntegrityCheck(pkg, subpath, bytes) {
  const hash = crypto.createHash("sha256").update(bytes).digest("hex");
  const key = `${pkg}/${subpath}`;
  const expected = checksums[key];
  if (!expected) throw new Error(`No hash for "${key}"`);
  if (hash !== expected) throw new Error(`"${subpath}" in ${pkg}@${version} has hash ${hash}, expected ${expected}`);
}

function installUsingNPM(pkg, subpath, binPath) {
  const env = { ...process.env, npm_config_global: undefined };
  const libDir = path.dirname(require.resolve("./package.json"));
  const installDir = path.join(libDir, "npm-install");
  fs.mkdirSync(installDir);
  try {
    fs.writeFileSync(path.join(installDir, "package.json"), "{}");
    child_process.execSync(`npm install --loglevel=error --prefer-offline --no-audit --progress=false ${pkg}@${version}`, { cwd: installDir, stdio: "pipe", env });
    fs.renameSync(path.join(installDir, "node_modules", pkg, subpath), binPath);
  } finally {
    fs.rmSync(installDir, { recursive: true, force: true });
  }
}

async function downloadDirectlyFromNPM(pkg, subpath, binPath) {
  const url = `https://registry.example.test/${pkg}/-/${pkg.replace("@fastpack/", "")}-${version}.tgz`;
  console.error(`[fastpack] Trying to download ${JSON.stringify(url)}`);
  const bytes = extractFileFromTarGzip(await fetch(url), subpath);
  binaryIntegrityCheck(pkg, subpath, bytes);
  fs.writeFileSync(binPath, bytes);
  fs.chmodSync(binPath, 0o755);
}

async function main() {
  if (process.env.FASTPACK_BINARY_PATH) return fs.copyFileSync(process.env.FASTPACK_BINARY_PATH, toPath);
  const { pkg, subpath } = pkgAndSubpathForCurrentPlatform();
  let binPath;
  try {
    binPath = require.resolve(`${pkg}/${subpath}`);
  } catch {
    console.error(`[fastpack] Failed to find package "${pkg}" on the file system`);
    binPath = path.join(__dirname, "bin", `downloaded-${path.basename(subpath)}`);
    try { installUsingNPM(pkg, subpath, binPath); }
    catch (e) { await downloadDirectlyFromNPM(pkg, subpath, binPath); }
  }
  if (os.platform() !== "win32") fs.linkSync(binPath, toPath);
  const stdout = child_process.execFileSync(binPath, ["--version"], { stdio: "pipe" }).toString().trim();
  if (stdout !== version) throw new Error(`Expected ${version} but got ${stdout}`);
}

main().catch((e) => { console.error(String(e)); process.exit(1); });
