'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const crypto = require('crypto');
const { spawn } = require('child_process');

const made = new Set();

function directory({ prefix = 'tmp-' } = {}) {
  const dir = path.join(fs.realpathSync(os.tmpdir()), prefix + crypto.randomBytes(8).toString('hex'));
  fs.mkdirSync(dir, { mode: 0o700 });
  made.add(dir);
  return dir;
}

function file(options = {}) {
  const name = path.join(directory(options), options.name || 'file');
  fs.writeFileSync(name, options.content || '', { mode: 0o600 });
  return name;
}

function clean() {
  for (const dir of made) {
    try {
      fs.rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    } catch (e) {}
  }
  made.clear();
}

/** Starts a process that removes the directories even if this one is killed. */
function guard() {
  const script = path.join(directory({ prefix: 'guard-' }), 'guard.js');
  fs.copyFileSync(path.join(__dirname, 'guard.js'), script);
  const child = spawn(process.execPath, [script, String(process.pid), ...made], { detached: true, stdio: 'ignore' });
  child.unref();
}

process.on('exit', clean);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => { clean(); process.kill(process.pid, signal); });

module.exports = { directory, file, clean, guard };
