"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;

// lib/npm/node-platform.ts
var fs = require("fs");
var os = require("os");
var path = require("path");
var zlib = require("zlib");
var https = require("https");
var child_process = require("child_process");
var SWIFTPACK_BINARY_PATH = process.env.SWIFTPACK_BINARY_PATH || process.env.SWIFTPACK_BINARY_PATH;
var versionFromPackageJSON = require(path.join(__dirname, "package.json")).version;
var toPath = path.join(__dirname, "bin", "swiftpack");
var isToPathJS = true;
var knownPackages = {
  "win32 x64 LE": "@swiftpack/win32-x64",
  "darwin arm64 LE": "@swiftpack/darwin-arm64",
  "linux x64 LE": "@swiftpack/linux-x64"
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
    stdout = child_process.execFileSync(command.shift(), command, {
      // Without this, this install script strangely crashes with the error
      // "EACCES: permission denied, write" but only on Ubuntu Linux when node is
      // installed from the Snap Store.
      stdio: "pipe"
    }).toString().trim();
  } catch (err) {
    throw err;
  }
  if (stdout !== versionFromPackageJSON) {
    throw new Error(`Expected ${JSON.stringify(versionFromPackageJSON)} but got ${JSON.stringify(stdout)}`);
  }
}
function isYarn() {
  const { npm_config_user_agent } = process.env;
  if (npm_config_user_agent) return /\byarn\//.test(npm_config_user_agent);
  return false;
}
function fetch(url) {
  return new Promise((resolve, reject) => {
    https.get(url, (res) => {
      if ((res.statusCode === 301 || res.statusCode === 302) && res.headers.location)
        return fetch(res.headers.location).then(resolve, reject);
      if (res.statusCode !== 200) return reject(new Error(`Server responded with ${res.statusCode}`));
      let chunks = [];
      res.on("data", (chunk) => chunks.push(chunk));
      res.on("end", () => resolve(Buffer.concat(chunks)));
    }).on("error", reject);
  });
}
function extractFileFromTarGzip(buffer, subpath) {
  try {
    buffer = zlib.unzipSync(buffer);
  } catch (err) {
    throw new Error(`Invalid gzip data in archive: ${err && err.message || err}`);
  }
  let str = (i, n) => String.fromCharCode(...buffer.subarray(i, i + n)).replace(/\0.*$/, "");
  let offset = 0;
  subpath = `package/${subpath}`;
  while (offset < buffer.length) {
    let name = str(offset, 100);
    let size = parseInt(str(offset + 124, 12), 8);
    offset += 512;
    if (!isNaN(size)) {
      if (name === subpath) return buffer.subarray(offset, offset + size);
      offset += size + 511 & ~511;
    }
  }
  throw new Error(`Could not find ${JSON.stringify(subpath)} in archive`);
}
function installUsingNPM(pkg, subpath, binPath) {
  const env = { ...process.env, npm_config_global: void 0 };
  const libDir = path.dirname(require.resolve("./package.json"));
  const installDir = path.join(libDir, "npm-install");
  fs.mkdirSync(installDir);
  try {
    fs.writeFileSync(path.join(installDir, "package.json"), "{}");
    child_process.execSync(
      `npm install --loglevel=error --prefer-offline --no-audit --progress=false ${pkg}@${versionFromPackageJSON}`,
      { cwd: installDir, stdio: "pipe", env }
    );
    const installedBinPath = path.join(installDir, "node_modules", pkg, subpath);
    fs.renameSync(installedBinPath, binPath);
  } finally {
    try {
      fs.rmSync(installDir, { recursive: true });
    } catch {
    }
  }
}
async function downloadDirectlyFromNPM(pkg, subpath, binPath) {
  const url = `https://registry.example.test/${pkg}/-/${pkg.replace("@swiftpack/", "")}-${versionFromPackageJSON}.tgz`;
  console.error(`[swiftpack] Trying to download ${JSON.stringify(url)}`);
  try {
    fs.writeFileSync(binPath, extractFileFromTarGzip(await fetch(url), subpath));
    fs.chmodSync(binPath, 493);
  } catch (e) {
    console.error(`[swiftpack] Failed to download ${JSON.stringify(url)}: ${e && e.message || e}`);
    throw e;
  }
}
function maybeOptimizePackage(binPath) {
  if (os.platform() !== "win32" && !isYarn()) {
    const tempPath = path.join(__dirname, "bin-swiftpack");
    try {
      fs.linkSync(binPath, tempPath);
      fs.renameSync(tempPath, toPath);
      isToPathJS = false;
      fs.unlinkSync(tempPath);
    } catch {
    }
  }
}
async function checkAndPreparePackage() {
  if (SWIFTPACK_BINARY_PATH) {
    fs.writeFileSync(path.join(__dirname, "lib", "downloaded.txt"), SWIFTPACK_BINARY_PATH);
    return;
  }
  const { pkg, subpath } = pkgAndSubpathForCurrentPlatform();
  let binPath;
  try {
    binPath = require.resolve(`${pkg}/${subpath}`);
  } catch (e) {
    console.error(`[swiftpack] Failed to find package "${pkg}" on the file system`);
    binPath = path.join(__dirname, "lib", `downloaded-${pkg.replace("/", "-")}`);
    try {
      installUsingNPM(pkg, subpath, binPath);
    } catch (e2) {
      await downloadDirectlyFromNPM(pkg, subpath, binPath);
    }
  }
  maybeOptimizePackage(binPath);
}
checkAndPreparePackage().then(() => {
  if (isToPathJS) validateBinaryVersion(process.execPath, toPath);
  else validateBinaryVersion(toPath);
});
