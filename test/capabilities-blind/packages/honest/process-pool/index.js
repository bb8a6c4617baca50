'use strict';
const childProcess = require('child_process');
const os = require('os');
const { EventEmitter } = require('events');

module.exports = class Pool extends EventEmitter {
  constructor({ size = os.cpus().length, execArgv = process.execArgv.filter((a) => !/^--(inspect|debug)/.test(a)), env = process.env } = {}) {
    super();
    this.queue = [];
    this.children = Array.from({ length: size }, () => this.start(execArgv, env));
  }
  start(execArgv, env) {
    const child = childProcess.fork(require.resolve('./child'), { execArgv, env, serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', ({ error, value }) => {
      const { resolve, reject } = child.task;
      child.task = undefined;
      error ? reject(Object.assign(new Error(error.message), error)) : resolve(value);
      this.next();
    });
    child.on('exit', (code) => {
      child.task?.reject(new Error(`the worker exited with ${code}`));
      this.children.splice(this.children.indexOf(child), 1);
      if (!this.closed) this.children.push(this.start(execArgv, env));
    });
    return child;
  }
  exec(fn, ...args) {
    return new Promise((resolve, reject) => {
      this.queue.push({ message: typeof fn === 'function' ? { code: String(fn), args } : { file: fn, args }, resolve, reject });
      this.next();
    });
  }
  next() {
    const child = this.children.find((c) => !c.task);
    if (!child || !this.queue.length) return;
    child.task = this.queue.shift();
    child.send(child.task.message);
  }
  close() {
    this.closed = true;
    for (const child of this.children) child.kill('SIGTERM');
  }
};
