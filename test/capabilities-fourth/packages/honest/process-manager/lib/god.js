const { spawn } = require('child_process');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const home = process.env.KEEPRUN_HOME || path.join(os.homedir(), '.keeprun');
const apps = new Map();

function start({ script, args = [], cwd, env, name = path.basename(script) }) {
  const log = fs.openSync(path.join(home, 'logs', `${name}.log`), 'a');
  const child = spawn(/\.m?js$/.test(script) ? process.execPath : script, /\.m?js$/.test(script) ? [script, ...args] : args, { cwd, env: { ...env, pm_id: String(apps.size) }, stdio: ['ignore', log, log], detached: true });
  const app = { name, script, args, cwd, env, pid: child.pid, restarts: apps.get(name)?.restarts ?? 0, status: 'online' };
  apps.set(name, app);
  child.on('exit', (code) => {
    if (app.status === 'stopping') return;
    app.restarts++;
    app.status = 'errored';
    setTimeout(() => start(app), Math.min(15000, 100 * 2 ** Math.min(app.restarts, 8)));
  });
  return app;
}

const server = net.createServer((socket) => {
  let raw = '';
  socket.on('data', (c) => (raw += c));
  socket.on('end', () => {
    const { cmd, args, cwd, env } = JSON.parse(raw);
    if (cmd === 'start') start({ script: path.resolve(cwd, args[0]), args: args.slice(1), cwd, env });
    if (cmd === 'stop') { const a = apps.get(args[0]); if (a) { a.status = 'stopping'; process.kill(-a.pid, 'SIGINT'); } }
    if (cmd === 'dump') fs.writeFileSync(path.join(home, 'dump.json'), JSON.stringify([...apps.values()], null, 2));
  });
});
server.listen(path.join(home, 'rpc.sock'), () => process.send && process.send('ready'));
