"use strict";
const net = require("net");
const { fork } = require("child_process");
const path = require("path");
class WindowsTerminal {
  constructor(file, args, opt = {}) {
    const conpty = require(`../prebuilds/win32-${process.arch}/conpty.node`);
    const pipe = `\\\\.\\pipe\\conpty-${process.pid}-${Date.now()}`;
    const term = conpty.startProcess(file, opt.cols || 80, opt.rows || 30, false, pipe, false, false);
    this.pid = term.innerPid;
    this.socket = net.connect(term.conout);
    this.agent = fork(path.join(__dirname, "console-list"), [String(this.pid)]);
    conpty.connect(term.pty, [file, ...args].join(" "), opt.cwd || process.cwd(), Object.entries(opt.env || process.env).map((e) => e.join("=")));
  }
}
exports.WindowsTerminal = WindowsTerminal;
