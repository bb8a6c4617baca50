"use strict";
const { spawn } = require("child_process");
const path = require("path");
function build(options = {}) {
  return new Promise((resolve, reject) => {
    const args = [...(options.entryPoints || []), "--bundle=" + !!options.bundle];
    if (options.outfile) args.push("--outfile=" + path.resolve(options.outfile));
    for (const [k, v] of Object.entries(options.define || {})) args.push(`--define:${k}=${v}`);
    const child = spawn(process.env.SWIFTPACK_BINARY_PATH || path.join(__dirname, "..", "bin", "swiftpack"), args, { windowsHide: true, stdio: ["pipe", "pipe", "inherit"] });
    const out = [];
    child.stdout.on("data", (d) => out.push(d));
    child.on("close", (code) => (code ? reject(new Error("Build failed")) : resolve({ outputFiles: [Buffer.concat(out)] })));
  });
}
exports.build = build;
exports.version = require("../package.json").version;
