"use strict";
const { spawn } = require("child_process");
const { createInterface } = require("readline");

class Bridge {
  constructor(script, { python = process.env.PYTHON || "python3", env } = {}) {
    this.child = spawn(python, ["-u", script], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } });
    this.pending = new Map();
    this.seq = 0;
    createInterface({ input: this.child.stdout }).on("line", (l) => {
      const { id, result, error } = JSON.parse(l);
      const p = this.pending.get(id);
      this.pending.delete(id);
      error ? p.reject(new Error(error)) : p.resolve(result);
    });
  }
  call(fn, ...args) {
    const id = ++this.seq;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.child.stdin.write(JSON.stringify({ id, fn, args }) + "\n");
    });
  }
  close() { this.child.stdin.end(); }
}
module.exports = { Bridge };
