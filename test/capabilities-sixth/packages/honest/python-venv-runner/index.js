const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');

const WIN = process.platform === 'win32';
const CANDIDATES = [process.env.PYTHON, process.env.npm_config_python, WIN ? 'py' : 'python3', 'python'].filter(Boolean);

function findPython(min = [3, 8]) {
  for (const exe of CANDIDATES) {
    const r = spawnSync(exe, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8', windowsHide: true });
    if (r.status !== 0) continue;
    const [maj, mnr] = r.stdout.trim().split('.').map(Number);
    if (maj > min[0] || (maj === min[0] && mnr >= min[1])) return exe;
  }
  throw new Error(`Python ${min.join('.')}+ was not found. Set the PYTHON environment variable.`);
}

class Venv {
  constructor(dir, requirements) {
    this.dir = dir;
    this.requirements = requirements;
    this.python = path.join(dir, WIN ? 'Scripts\\python.exe' : 'bin/python');
  }
  stamp() { return crypto.createHash('sha256').update(fs.readFileSync(this.requirements)).digest('hex'); }
  ensure() {
    const mark = path.join(this.dir, '.stamp');
    if (fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === this.stamp()) return this;
    this._run(findPython(), ['-m', 'venv', this.dir]);
    this._run(this.python, ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', '-r', this.requirements]);
    fs.writeFileSync(mark, this.stamp());
    return this;
  }
  _run(cmd, args) {
    const r = spawnSync(cmd, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
    if (r.error) throw r.error;
    if (r.status) throw new Error(`${cmd} ${args.join(' ')} exited with ${r.status}`);
  }
  exec(script, input, { timeout = 60000 } = {}) {
    return new Promise((resolve, reject) => {
      const p = spawn(this.python, [script], { env: { ...process.env, PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8', VIRTUAL_ENV: this.dir }, timeout, windowsHide: true });
      let out = '', err = '';
      p.stdout.on('data', (d) => (out += d));
      p.stderr.on('data', (d) => (err += d));
      p.on('error', reject);
      p.on('close', (c) => (c === 0 ? resolve(out) : reject(new Error(err || `exit ${c}`))));
      p.stdin.end(JSON.stringify(input));
    });
  }
}

const venv = () => new Venv(path.join(__dirname, '.venv'), path.join(__dirname, 'requirements.txt')).ensure();
exports.render = (name, context, templates = process.cwd()) => venv().exec(path.join(__dirname, 'helpers', 'render.py'), { name, context, templates });
exports.Venv = Venv;
exports.findPython = findPython;
