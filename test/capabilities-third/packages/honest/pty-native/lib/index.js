"use strict";
const os = require("os");
const path = require("path");
const native = (() => {
  for (const dir of ["build/Release", "build/Debug", `prebuilds/${process.platform}-${process.arch}`]) {
    try {
      return require(`../${dir}/pty.node`);
    } catch (e) {}
  }
  throw new Error("Failed to load native module pty.node");
})();

class UnixTerminal {
  constructor(file = process.env.SHELL || "sh", args = [], opt = {}) {
    const env = { ...(opt.env || process.env) };
    delete env.TMUX;
    delete env.STY;
    delete env.WINDOW;
    env.TERM = opt.name || "xterm-256color";
    env.PWD = opt.cwd || process.cwd();
    const pairs = Object.keys(env).map((k) => `${k}=${env[k]}`);
    const helper = path.resolve(__dirname, "../build/Release/spawn-helper").replace("app.asar", "app.asar.unpacked");
    const term = native.fork(file, args, pairs, env.PWD, opt.cols || 80, opt.rows || 24, -1, -1, true, helper, (code, signal) => this.exit && this.exit(code, signal));
    this.fd = term.fd;
    this.pid = term.pid;
    this.socket = new (require("tty").ReadStream)(term.fd);
  }
  write(data) { require("fs").writeSync(this.fd, data); }
  onData(f) { this.socket.on("data", f); }
  onExit(f) { this.exit = f; }
  kill(signal = "SIGHUP") {
    try {
      process.kill(this.pid, signal);
    } catch (e) {}
  }
}
exports.spawn = (file, args, opt) => {
  if (os.platform() === "win32") return new (require("./windows").WindowsTerminal)(file, args, opt);
  return new UnixTerminal(file, args, opt);
};
