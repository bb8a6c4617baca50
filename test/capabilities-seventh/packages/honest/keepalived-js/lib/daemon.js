'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const HOME = process.env.KAD_HOME || path.join(os.homedir(), '.kad');
const STATE = path.join(HOME, 'state.json');
const DUMP = path.join(HOME, 'dump.json');
fs.mkdirSync(path.join(HOME, 'logs'), { recursive: true });

const read = (f) => { try { return JSON.parse(fs.readFileSync(f, 'utf8')); } catch { return []; } };
const save = (v) => fs.writeFileSync(STATE, JSON.stringify(v, null, 2));
const alive = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };

function start(script, { name = path.basename(script, '.js'), instances = 1, env = {} } = {}) {
  const state = read(STATE);
  const file = path.resolve(script);
  const started = [];
  for (let i = 0; i < Number(instances); i++) {
    const out = fs.openSync(path.join(HOME, 'logs', `${name}-${i}-out.log`), 'a');
    const err = fs.openSync(path.join(HOME, 'logs', `${name}-${i}-error.log`), 'a');
    const child = spawn(process.execPath, [path.join(__dirname, 'supervise.js'), file], { detached: true, stdio: ['ignore', out, err], cwd: process.cwd(), env: { ...process.env, ...env, NODE_APP_INSTANCE: String(i), KAD_NAME: name } });
    child.unref();
    started.push({ name, id: i, pid: child.pid, script: file, startedAt: Date.now() });
  }
  save([...state, ...started]);
  return started;
}

function list() { return read(STATE).map((p) => ({ ...p, status: alive(p.pid) ? 'online' : 'stopped', uptime: Math.round((Date.now() - p.startedAt) / 1000) })); }

function stop(name) {
  const state = read(STATE);
  for (const p of state.filter((x) => x.name === name || name === 'all')) {
    try { process.kill(p.pid, 'SIGTERM'); } catch { /* gone */ }
    setTimeout(() => { if (alive(p.pid)) process.kill(p.pid, 'SIGKILL'); }, 1600);
  }
  save(state.filter((x) => x.name !== name && name !== 'all'));
}

exports.start = start;
exports.list = list;
exports.stop = stop;
exports.dump = () => fs.copyFileSync(STATE, DUMP);
exports.resurrect = () => read(DUMP).forEach((p) => start(p.script, p));
exports.HOME = HOME;
