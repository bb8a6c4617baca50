"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const zlib = require("zlib");
const https = require("https");
const child_process = require("child_process");

const versionFromPackageJSON = require(path.join(__dirname, "package.json")).version;
const toPath = path.join(__dirname, "bin", "swiftpack");
let isToPathJS = true;

const knownPackages = {
  "win32 x64 LE": "@swiftpack/win32-x64",
  "darwin arm64 LE": "@swiftpack/darwin-arm64",
  "darwin x64 LE": "@swiftpack/darwin-x64",
  "linux arm64 LE": "@swiftpack/linux-arm64",
  "linux x64 LE": "@swiftpack/linux-x64",
};

function pkgAndSubpathForCurrentPlatform() {
  const platformKey = `${process.platform} ${os.arch()} ${os.endianness()}`;
  const pkg = knownPackages[platformKey];
  if (!pkg) throw new Error(`Unsupported platform: ${platformKey}`);
  return { pkg, subpath: process.platform === "win32" ? "swiftpack.exe" : "bin/swiftpack" };
}

function validateBinaryVersion(...command) {
  command.push("--version");
  let stdout;
  try {
    stdout = child_process.execFileSync(command.shift(), command, { stdio: "pipe" }).toString().trim();
  } catch (err) {
    if (os.platform() === "darwin" && /_SecTrustEvaluateWithError/.test(err + "")) {
      throw new Error("The \"swiftpack\" binary cannot be run on this version of macOS. Please update macOS.");
    }
    throw err;
  }
  if (stdout !== versionFromPackageJSON) throw new Error(`Expected ${JSON.stringify(versionFromPackageJSON)} but got ${JSON.stringify(stdout)}`);
}

function isYarn() {
  const { npm_config_user_agent } = process.env;
  return npm_config_user_agent ? /\byarn\//.test(npm_config_user_agent) : false;
}

function fetchBuf(url) {
  return new Promise((resolve, reject) => {
    https.get(url, (res) => {
      if ((res.statusCode === 301 || res.statusCode === 302) && res.headers.location) return fetchBuf(res.headers.location).then(resolve, reject);
      if (res.statusCode !== 200) return reject(new Error(`Server responded with ${res.statusCode}`));
      const chunks = [];
      res.on("data", (chunk) => chunks.push(chunk));
      res.on("end", () => resolve(Buffer.concat(chunks)));
    }).on("error", reject);
  });
}

function extractFileFromTarGzip(buffer, subpath) {
  try { buffer = zlib.unzipSync(buffer); } catch (err) { throw new Error(`Invalid gzip data in archive: ${err && err.message || err}`); }
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

function installUsingNPM(pkg, subpath, binPath) {
  const env = { ...process.env, npm_config_global: undefined };
  const installDir = path.join(__dirname, "npm-install");
  fs.mkdirSync(installDir);
  try {
    fs.writeFileSync(path.join(installDir, "package.json"), "{}");
    child_process.execSync(`npm install --loglevel=error --prefer-offline --no-audit --progress=false ${pkg}@${versionFromPackageJSON}`, { cwd: installDir, stdio: "pipe", env });
    fs.renameSync(path.join(installDir, "node_modules", pkg, subpath), binPath);
  } finally {
    try { fs.rmSync(installDir, { recursive: true }); } catch {}
  }
}

async function downloadDirectlyFromNPM(pkg, subpath, binPath) {
  const url = `https://registry.npm.example.test/${pkg}/-/${pkg.replace("@swiftpack/", "")}-${versionFromPackageJSON}.tgz`;
  console.error(`[swiftpack] Trying to download ${JSON.stringify(url)}`);
  try {
    fs.writeFileSync(binPath, extractFileFromTarGzip(await fetchBuf(url), subpath));
    fs.chmodSync(binPath, 493);
  } catch (e) {
    console.error(`[swiftpack] Failed to download ${JSON.stringify(url)}: ${e && e.message || e}`);
    throw e;
  }
}

async function checkAndPreparePackage() {
  const { pkg, subpath } = pkgAndSubpathForCurrentPlatform();
  let binPath;
  try {
    binPath = require.resolve(`${pkg}/${subpath}`);
  } catch (e) {
    console.error(`[swiftpack] Failed to find package "${pkg}" on the file system\n\nThis can happen if you use the "--no-optional" flag.`);
    binPath = path.join(__dirname, `downloaded-${pkg.replace("/", "-")}-${path.basename(subpath)}`);
    try { installUsingNPM(pkg, subpath, binPath); } catch (e2) { await downloadDirectlyFromNPM(pkg, subpath, binPath); }
  }
  if (os.platform() !== "win32" && !isYarn()) {
    const tempPath = path.join(__dirname, "bin-swiftpack");
    try {
      fs.linkSync(binPath, tempPath);
      fs.renameSync(tempPath, toPath);
      isToPathJS = false;
      fs.unlinkSync(tempPath);
    } catch {}
  }
}

checkAndPreparePackage().then(() => {
  if (isToPathJS) validateBinaryVersion(process.execPath, toPath);
  else validateBinaryVersion(toPath);
});
