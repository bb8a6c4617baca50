'use strict';
const fs = require('fs');
const path = require('path');
const { EventEmitter } = require('events');
const { spawn } = require('child_process');
let fsevents;
try { fsevents = require('fsevents'); } catch (error) { if (process.env.CHOKEWATCH_PRINT_FSEVENTS_ERROR) console.error(error); }

class Watcher extends EventEmitter {
  constructor(opts) {
    super();
    this.opts = { ignored: /(^|[/\\])(\.git|node_modules)([/\\]|$)/, interval: 100, usePolling: process.env.CHOKEWATCH_USEPOLLING === 'true', ...opts };
    this.entries = new Map();
    this.closers = [];
  }

  async add(paths) {
    for (const p of [].concat(paths)) await this.walk(path.resolve(p), true);
    this.emit('ready');
    return this;
  }

  async walk(dir, initial) {
    const list = await fs.promises.readdir(dir, { withFileTypes: true }).catch(() => []);
    if (!this.entries.has(dir)) this.watchDir(dir);
    const seen = new Set();
    for (const d of list) {
      const full = path.join(dir, d.name);
      if (this.opts.ignored.test(full)) continue;
      seen.add(full);
      if (d.isDirectory()) { await this.walk(full, initial); continue; }
      const stats = await fs.promises.stat(full).catch(() => null);
      if (!stats) continue;
      const known = this.entries.get(full);
      this.entries.set(full, stats);
      if (!known && !(initial && this.opts.ignoreInitial)) this.emit('add', full, stats);
      else if (known && known.mtimeMs !== stats.mtimeMs) this.emit('change', full, stats);
    }
    for (const key of this.entries.keys()) if (path.dirname(key) === dir && !seen.has(key) && key !== dir) { this.entries.delete(key); this.emit('unlink', key); }
  }

  watchDir(dir) {
    this.entries.set(dir, null);
    if (fsevents && !this.opts.usePolling) return void this.closers.push(fsevents.watch(dir, () => this.walk(dir)));
    if (this.opts.usePolling) { const t = setInterval(() => this.walk(dir), this.opts.interval); return void this.closers.push(() => clearInterval(t)); }
    const w = fs.watch(dir, { persistent: this.opts.persistent !== false }, () => this.walk(dir));
    w.on('error', (e) => { if (process.platform === 'win32' && e.code === 'EPERM') return; this.emit('error', e); });
    this.closers.push(() => w.close());
  }

  close() { this.closers.forEach((c) => c()); this.removeAllListeners(); }
}

exports.watch = (paths, opts) => { const w = new Watcher(opts); w.add(paths); return w; };
exports.run = (paths, command, opts) => {
  let child;
  const restart = () => { if (child) child.kill(); child = spawn(command, { shell: true, stdio: 'inherit', env: { ...process.env, FORCE_COLOR: '1' } }); };
  restart();
  return exports.watch(paths, { ignoreInitial: true, ...opts }).on('change', restart);
};
