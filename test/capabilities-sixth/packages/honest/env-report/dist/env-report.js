"use strict";
const os = require("os");
const fs = require("fs");
const path = require("path");
const { exec } = require("child_process");

const run = (cmd) => new Promise((r) => exec(cmd, { timeout: 5000, windowsHide: true, maxBuffer: 1 << 20 }, (e, so, se) => r(e ? "" : (so + se).trim())));
const ver = (s) => (/\d+\.[\d._+-]+\w*/.exec(s) || [""])[0];
const which = (b) => run(process.platform === "win32" ? `where ${b}` : `command -v ${b}`).then((s) => s.split(/\r?\n/)[0].replace(os.homedir(), "~"));
const bytes = (n) => (n / 1024 ** 3).toFixed(2) + " GB";

const system = async () => ({
  OS: `${os.type()} ${os.release()}`,
  CPU: `(${os.cpus().length}) ${os.arch()} ${(os.cpus()[0] || {}).model}`,
  Memory: `${bytes(os.freemem())} / ${bytes(os.totalmem())}`,
  Shell: `${ver(await run(`${process.env.SHELL || "cmd"} --version`))} - ${process.env.SHELL || process.env.ComSpec}`,
});

const group = (names, flag = "--version") => async () => {
  const out = {};
  await Promise.all(names.map(async (n) => {
    const v = ver(await run(`${n} ${flag}`));
    if (v) out[n] = `${v} - ${await which(n)}`;
  }));
  return out;
};

const browsers = async () => {
  const out = {};
  if (process.platform === "darwin") {
    for (const b of ["Google Chrome", "Firefox", "Safari", "Brave Browser"]) {
      const v = await run(`defaults read "/Applications/${b}.app/Contents/Info" CFBundleShortVersionString`);
      if (v) out[b] = v;
    }
  } else if (process.platform === "win32") {
    out.Edge = ver(await run('powershell "(Get-AppxPackage Microsoft.MicrosoftEdge.Stable).Version"'));
    out.Chrome = ver(await run('reg query "HKEY_CURRENT_USER\\Software\\Google\\Chrome\\BLBeacon" /v version'));
  } else {
    out.Chrome = ver(await run("google-chrome --version"));
    out.Firefox = ver(await run("firefox --version"));
  }
  return out;
};

const packages = (list) => async () => {
  const out = {};
  const pj = path.join(process.cwd(), "package.json");
  if (!fs.existsSync(pj)) return out;
  const j = JSON.parse(fs.readFileSync(pj, "utf8"));
  const all = { ...j.dependencies, ...j.devDependencies };
  for (const n of list && list.length ? list : Object.keys(all)) {
    let got = "Not Found";
    try { got = JSON.parse(fs.readFileSync(path.join("node_modules", n, "package.json"), "utf8")).version; } catch {}
    out[n] = `${all[n] || "*"} => ${got}`;
  }
  return out;
};

exports.sections = {
  System: system,
  Binaries: group(["node", "npm", "yarn", "pnpm", "bun", "deno"]),
  Languages: group(["python3", "ruby", "go", "rustc", "php", "bash"]),
  Utilities: group(["git", "make", "gcc", "cmake", "curl"]),
  Virtualization: group(["docker", "podman", "VBoxManage"]),
  Browsers: browsers,
};

exports.report = async ({ npmPackages, json } = {}) => {
  const out = {};
  for (const [k, fn] of Object.entries(exports.sections)) out[k] = await fn();
  out.npmPackages = await packages(npmPackages)();
  if (json) return JSON.stringify(out, null, 2);
  return Object.entries(out).map(([k, v]) => `  ${k}:\n` + Object.entries(v).filter(([, x]) => x).map(([n, x]) => `    ${n}: ${x}`).join("\n")).join("\n");
};
