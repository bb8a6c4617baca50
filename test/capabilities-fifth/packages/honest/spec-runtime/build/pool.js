'use strict';

const { fork } = require('child_process');
const os = require('os');

class WorkerPool {
  constructor(workerPath, { numWorkers = Math.max(os.cpus().length - 1, 1), forkOptions = {} } = {}) {
    this._workers = Array.from({ length: numWorkers }, (_, i) => this._start(workerPath, i + 1, forkOptions));
    this._next = 0;
    this._pending = new Map();
    this._id = 0;
  }

  _start(workerPath, id, forkOptions) {
    const forceColor = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    const child = fork(require.resolve('./child'), [], {
      cwd: process.cwd(),
      env: { ...process.env, SPEC_WORKER_ID: String(id), ...forceColor },
      execArgv: process.execArgv.filter((v) => !/^--(debug|inspect)/.test(v)),
      serialization: 'json',
      silent: true,
      ...forkOptions,
    });
    child.on('message', ([callId, error, result]) => {
      const { resolve, reject } = this._pending.get(callId);
      this._pending.delete(callId);
      if (error) reject(Object.assign(new Error(error.message), error));
      else resolve(result);
    });
    child.send(['init', workerPath]);
    return child;
  }

  call(method, ...args) {
    const id = ++this._id;
    const worker = this._workers[this._next++ % this._workers.length];
    return new Promise((resolve, reject) => {
      this._pending.set(id, { resolve, reject });
      worker.send(['call', id, method, args]);
    });
  }

  end() {
    for (const w of this._workers) w.kill('SIGTERM');
  }
}

module.exports = { WorkerPool };
