const { spawn } = require('child_process');
const os = require('os');
const path = require('path');
const fs = require('fs');

const bin = path.join(__dirname, 'bin', process.platform === 'win32' ? 'tunnel.exe' : 'tunnel');
const configPath = path.join(os.homedir(), '.tunnel2', 'tunnel.yml');
let active;

function start(opts) {
  return new Promise((resolve, reject) => {
    active = spawn(bin, ['start', '--none', '--log=stdout', `--config=${opts.configPath || configPath}`], { windowsHide: true });
    active.stdout.on('data', (data) => {
      const m = /starting web service.*addr=(\d+\.\d+\.\d+\.\d+:\d+)/.exec(data.toString());
      if (m) resolve(`http://${m[1]}`);
      if (/lvl=crit|err=/.test(data)) reject(new Error(data.toString()));
    });
    process.on('exit', () => active && active.kill());
  });
}

async function connect(opts = {}) {
  if (opts.authtoken) await authtoken(opts.authtoken);
  const api = await start(opts);
  const r = await fetch(`${api}/api/tunnels`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: opts.name || 'default', addr: opts.addr || 80, proto: opts.proto || 'http' }) });
  return (await r.json()).public_url;
}

async function authtoken(token) {
  fs.mkdirSync(path.dirname(configPath), { recursive: true });
  await new Promise((resolve, reject) => {
    const child = spawn(bin, ['authtoken', token, `--config=${configPath}`]);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error('cant set authtoken'))));
  });
}

module.exports = { connect, authtoken, kill: () => active && active.kill() };
