"use strict";
var fs = require("fs");
var os = require("os");
var path = require("path");
var zlib = require("zlib");
var https = require("https");
var child_process = require("child_process");
var crypto = require("crypto");
var versionFromPackageJSON = require(path.join(__dirname, "package.json")).version;
var toPath = path.join(__dirname, "bin", "fastpack");
var FASTPACK_BINARY_PATH = process.env.FASTPACK_BINARY_PATH;
var knownPackages = {
  "linux x64": { pkg: "@fastpack/linux-x64", sha512: "9b74c9897bac770ffc029102a200c5de" },
  "darwin arm64": { pkg: "@fastpack/darwin-arm64", sha512: "1f3870be274f6c49b3e31a0c6728957f" },
  "win32 x64": { pkg: "@fastpack/win32-x64", sha512: "7215ee9c7d9dc229d2921a40e899ec5f" }
};

function pkgAndSubpath() {
  var key = process.platform + " " + os.arch();
  if (!(key in knownPackages)) throw new Error("Unsupported platform: " + key);
  return { pkg: knownPackages[key].pkg, sum: knownPackages[key].sha512, subpath: process.platform === "win32" ? "fastpack.exe" : "bin/fastpack" };
}

function validateBinaryVersion(...command) {
  command.push("--version");
  let stdout;
  try {
    stdout = child_process.execFileSync(command.shift(), command, { stdio: "pipe" }).toString().trim();
  } catch (err) {
    if (os.platform() === "darwin" && /_SecTrustEvaluateWithError/.test(err + "")) {
      let o = "this version of macOS";
      try { o = "macOS " + child_process.execFileSync("sw_vers", ["-productVersion"]).toString().trim(); } catch {}
      throw new Error(`The binary needs a newer system than ${o}.`);
    }
    throw err;
  }
  if (stdout !== versionFromPackageJSON) throw new Error(`Expected ${JSON.stringify(versionFromPackageJSON)} but got ${JSON.stringify(stdout)}`);
}

function fetch(url) {
  return new Promise((resolve, reject) => {
    https.get(url, (res) => {
      if ((res.statusCode === 301 || res.statusCode === 302) && res.headers.location) return fetch(res.headers.location).then(resolve, reject);
      if (res.statusCode !== 200) return reject(new Error(`Server responded with ${res.statusCode}`));
      let chunks = [];
      res.on("data", (chunk) => chunks.push(chunk));
      res.on("end", () => resolve(Buffer.concat(chunks)));
    }).on("error", reject);
  });
}

function extractFileFromTarGzip(buffer, subpath) {
  buffer = zlib.unzipSync(buffer);
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

async function downloadDirectlyFromNPM(pkg, subpath, binPath, sum) {
  const registry = (process.env.npm_config_registry || "https://registry.example.test/").replace(/\/$/, "");
  const url = `${registry}/${pkg}/-/${pkg.replace("@fastpack/", "")}-${versionFromPackageJSON}.tgz`;
  console.error(`[fastpack] Trying to download ${JSON.stringify(url)}`);
  const archive = await fetch(url);
  const actual = crypto.createHash("sha512").update(archive).digest("hex");
  if (!actual.startsWith(sum)) throw new Error("Checksum mismatch for " + url);
  fs.writeFileSync(binPath, extractFileFromTarGzip(archive, subpath));
  fs.chmodSync(binPath, 0o755);
}

async function checkAndPreparePackage() {
  if (FASTPACK_BINARY_PATH) return;
  const { pkg, sum, subpath } = pkgAndSubpath();
  let binPath;
  try {
    binPath = require.resolve(`${pkg}/${subpath}`);
  } catch (e) {
    console.error(`[fastpack] Failed to find package "${pkg}" on the file system`);
    binPath = toPath;
    try {
      installUsingNPM(pkg, subpath, binPath);
    } catch (e2) {
      console.error(`[fastpack] Failed to install package "${pkg}" using npm: ${e2.message}`);
      await downloadDirectlyFromNPM(pkg, subpath, binPath, sum);
    }
  }
  validateBinaryVersion(binPath);
}
checkAndPreparePackage();
