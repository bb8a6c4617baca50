#!/usr/bin/env node
const { spawn } = require('child_process');
const path = require('path');
const fs = require('fs');
const net = require('net');
const startup = require('../lib/startup');
const home = process.env.KEEPRUN_HOME || path.join(process.env.HOME || process.env.HOMEPATH, '.keeprun');

const [cmd, ...args] = process.argv.slice(2);

function daemonize(cb) {
  fs.mkdirSync(path.join(home, 'logs'), { recursive: true });
  const out = fs.openSync(path.join(home, 'keeprun.log'), 'a');
  const child = spawn(process.execPath, [path.join(__dirname, '..', 'lib', 'god.js')], { detached: true, cwd: process.cwd(), env: { SILENT: 'false', KEEPRUN_HOME: home, ...process.env }, stdio: ['ipc', out, out] });
  child.once('message', () => { child.disconnect(); child.unref(); cb(); });
}

function send(msg) {
  const sock = net.connect(path.join(home, 'rpc.sock'), () => sock.end(JSON.stringify(msg)));
  sock.on('error', () => daemonize(() => send(msg)));
  sock.pipe(process.stdout);
}

if (cmd === 'startup') startup.install(args[0]);
else if (cmd === 'unstartup') startup.remove(args[0]);
else send({ cmd, args, cwd: process.cwd(), env: process.env });
