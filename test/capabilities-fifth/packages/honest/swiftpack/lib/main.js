"use strict";
const child_process = require("child_process");
const path = require("path");
let longLived;
function ensureService() {
  if (longLived) return longLived;
  const bin = path.join(__dirname, "..", "bin", "swiftpack");
  const child = child_process.spawn(bin, ["--service=0.21.5", "--ping"], { windowsHide: true, stdio: ["pipe", "pipe", "inherit"], cwd: process.cwd() });
  child.unref();
  child.stdin.unref?.();
  child.stdout.unref?.();
  const waiting = new Map();
  let next = 0;
  child.stdout.on("data", (chunk) => {
    for (const line of chunk.toString().split("\n").filter(Boolean)) {
      const { id, value } = JSON.parse(line);
      waiting.get(id)?.(value);
      waiting.delete(id);
    }
  });
  longLived = (command) => new Promise((resolve) => {
    const id = next++;
    waiting.set(id, resolve);
    child.stdin.write(JSON.stringify({ id, ...command }) + "\n");
  });
  return longLived;
}
exports.build = (options) => ensureService()({ command: "build", options });
exports.transform = (input, options) => ensureService()({ command: "transform", input, options });
exports.version = "0.21.5";
