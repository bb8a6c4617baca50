"use strict";
const { spawn, execFileSync } = require("child_process");
const path = require("path");
const bin = path.join(__dirname, "..", "bin", "fastpack");
const flags = (o) => Object.entries(o).map(([k, v]) => (v === true ? `--${k}` : `--${k}=${v}`));
exports.buildSync = ({ entryPoints, ...o }) => execFileSync(bin, [...entryPoints, ...flags(o)], { stdio: "inherit" });
exports.transform = (code, o = {}) => new Promise((ok, no) => {
  const p = spawn(bin, flags(o), { stdio: ["pipe", "pipe", "inherit"], windowsHide: true });
  let out = "";
  p.stdout.on("data", (d) => (out += d));
  p.on("close", (c) => (c ? no(new Error("transform failed")) : ok({ code: out })));
  p.stdin.end(code);
});
