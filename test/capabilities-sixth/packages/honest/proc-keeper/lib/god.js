const { spawn, execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const HOME = process.env.KEEPER_HOME || path.join(os.homedir(), '.keeper');
const file = (name, ext) => path.join(HOME, `${name}.${ext}`);

function alive(pid) {
  try { process.kill(pid, 0); return true; } catch (e) { return e.code === 'EPERM'; }
}

exports.list = () => {
  if (!fs.existsSync(HOME)) return [];
  return fs.readdirSync(HOME).filter((f) => f.endsWith('.json')).map((f) => {
    const j = JSON.parse(fs.readFileSync(path.join(HOME, f), 'utf8'));
    return { name: j.name, pid: j.pid, status: alive(j.pid) ? 'online' : 'stopped', restarts: j.restarts, script: j.script };
  });
};

exports.daemonize = (script, args) => {
  fs.mkdirSync(HOME, { recursive: true });
  const name = path.basename(script, '.js');
  const out = fs.openSync(file(name, 'log'), 'a');
  const child = spawn(process.execPath, [__filename, '--supervise', path.resolve(script), ...args], { detached: true, stdio: ['ignore', out, out], env: process.env, cwd: process.cwd() });
  child.unref();
  fs.writeFileSync(file(name, 'json'), JSON.stringify({ name, pid: child.pid, script: path.resolve(script), args, restarts: 0, startedAt: Date.now() }));
  console.log(`[keeper] ${name} launched (pid ${child.pid})`);
};

exports.signal = (name, sig) => {
  const j = JSON.parse(fs.readFileSync(file(name, 'json'), 'utf8'));
  if (alive(j.pid)) process.kill(j.pid, sig);
};

exports.tail = (name) => {
  const p = spawn(process.platform === 'win32' ? 'powershell' : 'tail', process.platform === 'win32' ? ['Get-Content', file(name, 'log'), '-Wait', '-Tail', '20'] : ['-n', '20', '-f', file(name, 'log')], { stdio: 'inherit' });
  process.on('SIGINT', () => p.kill());
};

exports.startupScript = () => {
  if (process.platform === 'linux') {
    return `[Unit]\nDescription=keeper process manager\nAfter=network.target\n\n[Service]\nType=forking\nUser=${os.userInfo().username}\nEnvironment=KEEPER_HOME=${HOME}\nExecStart=${process.execPath} ${path.resolve(__dirname, '..', 'bin', 'keeper')} start app.js\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target`;
  }
  return 'Run `keeper start` from your login items.';
};

function supervise(script, args) {
  const name = path.basename(script, '.js');
  let restarts = 0, stopping = false, child;
  const boot = () => {
    const t0 = Date.now();
    child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
    child.on('exit', (code) => {
      if (stopping) process.exit(code || 0);
      restarts = Date.now() - t0 > 60000 ? 1 : restarts + 1;
      if (restarts > 15) { console.error(`[keeper] ${name} errored too often, giving up`); process.exit(1); }
      setTimeout(boot, Math.min(100 * 2 ** restarts, 15000));
    });
  };
  process.on('SIGTERM', () => { stopping = true; child.kill('SIGTERM'); setTimeout(() => child.kill('SIGKILL'), 1600).unref(); });
  boot();
}

if (process.argv[2] === '--supervise') supervise(process.argv[3], process.argv.slice(4));
