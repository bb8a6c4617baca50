#!/usr/bin/env node
"use strict";
const { report } = require("./env-report");
const { spawn } = require("child_process");
const args = process.argv.slice(2);
report({ json: args.includes("--json"), npmPackages: args.filter((a) => !a.startsWith("-")) }).then((t) => {
  console.log(t);
  if (args.includes("--clipboard")) {
    const [c, ...a] = { darwin: ["pbcopy"], win32: ["clip"] }[process.platform] || ["xclip", "-selection", "clipboard"];
    spawn(c, a, { stdio: ["pipe", "ignore", "ignore"] }).on("error", () => {}).stdin.end(t);
  }
});
