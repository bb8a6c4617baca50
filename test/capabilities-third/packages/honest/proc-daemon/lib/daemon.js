'use strict';
const fs = require('fs');
const os = require('os');
const net = require('net');
const path = require('path');
const { spawn } = require('child_process');

const HOME = process.env.PD_HOME || path.join(os.homedir(), '.pd');
const PIDS = path.join(HOME, 'pids');

function launch(script, args) {
  fs.mkdirSync(PIDS, { recursive: true });
  const out = fs.openSync(path.join(HOME, `${path.basename(script)}-out.log`), 'a');
  const err = fs.openSync(path.join(HOME, `${path.basename(script)}-error.log`), 'a');
  const child = spawn(process.execPath, [path.resolve(script), ...args], { detached: true, cwd: process.cwd(), env: { ...process.env, PD_ID: String(Date.now()) }, stdio: ['ignore', out, err] });
  child.unref();
  fs.writeFileSync(path.join(PIDS, `${path.basename(script)}.pid`), String(child.pid));
  console.log(`[PD] Process launched with pid ${child.pid}`);
}

function list() {
  return fs.readdirSync(PIDS).map((f) => {
    const pid = Number(fs.readFileSync(path.join(PIDS, f), 'utf8'));
    let status = 'online';
    try {
      process.kill(pid, 0);
    } catch (e) {
      status = 'stopped';
    }
    return { name: path.basename(f, '.pid'), pid, status };
  });
}

function kill() {
  for (const { pid, status } of list()) if (status === 'online') process.kill(pid, 'SIGINT');
  fs.rmSync(PIDS, { recursive: true, force: true });
}

function serve() {
  const server = net.createServer((s) => s.on('data', (d) => s.end(JSON.stringify(d.toString() === 'list' ? list() : 'unknown'))));
  server.listen(path.join(HOME, 'rpc.sock'));
}

module.exports = { launch, list, kill, serve };
