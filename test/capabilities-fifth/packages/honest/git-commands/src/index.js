'use strict';

const { spawn } = require('child_process');
const { existsSync } = require('fs');
const path = require('path');

class GitError extends Error {
  constructor(task, message) {
    super(message);
    this.task = task;
  }
}

function parseLog(text) {
  return text.split('\u0000').filter(Boolean).map((entry) => {
    const [hash, date, message, author_name, author_email] = entry.trim().split('\u0001');
    return { hash, date, message, author_name, author_email };
  });
}

class Git {
  constructor({ baseDir = process.cwd(), binary = 'git', config = [], env, timeout } = {}) {
    if (!existsSync(baseDir)) throw new GitError(undefined, 'Cannot use git-commands on a directory that does not exist');
    Object.assign(this, { baseDir, binary, config, timeout, _env: env, _chain: Promise.resolve() });
  }

  env(name, value) {
    if (arguments.length === 1 && typeof name === 'object') this._env = name;
    else (this._env = this._env || {})[name] = value;
    return this;
  }

  raw(...args) {
    const commands = [].concat(...this.config.map((c) => ['-c', c]), ...args);
    const run = () => new Promise((resolve, reject) => {
      const stdOut = [];
      const stdErr = [];
      const spawned = spawn(this.binary, commands, { cwd: this.baseDir, env: this._env, windowsHide: true });
      const timer = this.timeout && setTimeout(() => spawned.kill('SIGINT'), this.timeout.block);
      spawned.stdout.on('data', (b) => stdOut.push(b));
      spawned.stderr.on('data', (b) => stdErr.push(b));
      spawned.on('error', (e) => reject(new GitError(commands, e.message)));
      spawned.on('close', (code) => {
        clearTimeout(timer);
        const out = Buffer.concat(stdOut).toString('utf-8');
        if (code) reject(new GitError(commands, Buffer.concat(stdErr).toString('utf-8') || out));
        else resolve(out);
      });
    });
    return (this._chain = this._chain.catch(() => {}).then(run));
  }

  clone(repo, dir, options = []) {
    return this.raw('clone', ...options, repo, dir);
  }

  add(files) {
    return this.raw('add', ...[].concat(files));
  }

  commit(message, files = []) {
    return this.raw('commit', '-m', message, ...files);
  }

  push(remote = 'origin', branch, options = []) {
    return this.raw('push', ...options, remote, branch);
  }

  async log(options = []) {
    return parseLog(await this.raw('log', '--pretty=format:%H%x01%aI%x01%s%x01%aN%x01%aE%x00', ...options));
  }

  async addConfig(key, value, scope = 'local') {
    return this.raw('config', `--${scope}`, key, value);
  }

  async hooksDir() {
    return path.resolve(this.baseDir, (await this.raw('rev-parse', '--git-path', 'hooks')).trim());
  }
}

module.exports = (baseDir, options) => new Git({ baseDir, ...options });
module.exports.GitError = GitError;
