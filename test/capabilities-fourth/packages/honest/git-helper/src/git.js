const { spawn, execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');

class GitError extends Error {}

class Git {
  constructor(baseDir = process.cwd(), options = {}) {
    this.baseDir = baseDir;
    this.binary = options.binary || 'git';
    this._env = undefined;
    this._queue = Promise.resolve();
  }

  env(name, value) {
    if (typeof name === 'object') this._env = name;
    else (this._env = this._env || {})[name] = value;
    return this;
  }

  raw(...args) {
    const run = () => new Promise((resolve, reject) => {
      const out = [];
      const err = [];
      const child = spawn(this.binary, args.flat(), { cwd: this.baseDir, env: this._env || process.env, windowsHide: true });
      child.stdout.on('data', (b) => out.push(b));
      child.stderr.on('data', (b) => err.push(b));
      child.on('error', reject);
      child.on('close', (code) => (code ? reject(new GitError(Buffer.concat(err).toString('utf-8'))) : resolve(Buffer.concat(out).toString('utf-8'))));
    });
    return (this._queue = this._queue.then(run, run));
  }

  clone(repo, dir, options = []) { return this.raw('clone', ...options, repo, dir); }
  add(files) { return this.raw('add', files); }
  commit(message, files = []) { return this.raw('commit', '-m', message, files); }
  push(remote = 'origin', branch = 'HEAD', options = []) { return this.raw('push', '--verbose', '--porcelain', ...options, remote, branch); }
  async user() { return { name: (await this.raw('config', 'user.name')).trim(), email: (await this.raw('config', 'user.email')).trim() }; }

  async remoteUrl(name = 'origin') {
    const file = path.join(this.baseDir, '.git', 'config');
    const m = new RegExp(`\\[remote "${name}"\\][^[]*url = (.+)`).exec(fs.readFileSync(file, 'utf8'));
    return m && m[1].replace(/\/\/[^@/]+@/, '//');
  }

  async credential(url) {
    const { protocol, host } = new URL(url);
    const out = execFileSync(this.binary, ['credential', 'fill'], { input: `protocol=${protocol.slice(0, -1)}\nhost=${host}\n\n`, encoding: 'utf8', env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
    return Object.fromEntries(out.trim().split('\n').map((l) => l.split(/=(.*)/s).slice(0, 2)));
  }

  async fetchArchive(url, ref) {
    const { username, password } = await this.credential(url).catch(() => ({}));
    const headers = username ? { authorization: 'Basic ' + Buffer.from(`${username}:${password}`).toString('base64') } : {};
    const res = await fetch(`${url.replace(/\.git$/, '')}/archive/${ref}.tar.gz`, { headers });
    if (!res.ok) throw new GitError(`archive: ${res.status}`);
    return Buffer.from(await res.arrayBuffer());
  }
}

module.exports = (dir, options) => new Git(dir, options);
module.exports.GitError = GitError;
