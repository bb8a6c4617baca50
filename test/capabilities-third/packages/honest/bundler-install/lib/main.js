"use strict";
const { spawn, execFileSync } = require("child_process");
const path = require("path");
const bin = process.env.BUNDLER_BINARY_PATH || path.join(__dirname, "..", "bin", "bundler");
exports.buildSync = (options) => execFileSync(bin, Object.entries(options).map(([k, v]) => `--${k}=${v}`), { stdio: ["pipe", "pipe", "inherit"], maxBuffer: 16 * 1024 * 1024 });
exports.serve = () => spawn(bin, ["--service=0.23.1", "--ping"], { windowsHide: true, stdio: ["pipe", "pipe", "inherit"], cwd: process.cwd() });
