'use strict';
const { EventEmitter } = require('events');
const { spawn, execFile } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { EOL } = os;

class PythonPipeError extends Error {}

class PythonPipe extends EventEmitter {
  constructor(script, options = {}) {
    super();
    const mode = options.mode || 'text';
    this.parser = { text: (x) => x, json: JSON.parse, binary: null }[mode];
    this.formatter = { text: String, json: JSON.stringify, binary: null }[mode];
    const python = options.pythonPath || PythonPipe.defaultPythonPath;
    this.command = [...(options.pythonOptions || []), path.resolve(options.scriptPath || '', script), ...(options.args || [])];
    this.child = spawn(python, this.command, { cwd: options.cwd, env: options.env || process.env, windowsHide: true });
    let err = '', rest = '';
    if (mode !== 'binary') {
      this.child.stdout.setEncoding('utf8');
      this.child.stdout.on('data', (d) => { const parts = (rest + d).split(/\r?\n/); rest = parts.pop(); parts.forEach((p) => this.emit('message', this.parser(p))); });
    }
    this.child.stderr.on('data', (d) => { err += d; this.emit('stderr', String(d)); });
    this.child.on('error', (e) => this.emit('error', e));
    this.child.on('close', (code, signal) => {
      if (rest) this.emit('message', this.parser(rest));
      if (code) {
        const e = /^Traceback/.test(err) ? new PythonPipeError(err.trim().split(EOL).pop()) : new PythonPipeError('process exited with code ' + code);
        e.traceback = err; e.exitCode = code;
        this.emit('pythonError', e);
        this._end && this._end(e, code, signal);
      } else this._end && this._end(null, code, signal);
      this.emit('close');
    });
  }
  static get defaultPythonPath() { return process.platform === 'win32' ? 'python' : 'python3'; }
  static run(script, options) {
    return new Promise((resolve, reject) => {
      const out = [];
      new PythonPipe(script, options).on('message', (m) => out.push(m)).on('error', reject).end((e) => (e ? reject(e) : resolve(out)));
    });
  }
  static async runString(code, options) {
    const file = path.join(os.tmpdir(), `pythonPipe${process.pid}${Date.now()}.py`);
    fs.writeFileSync(file, code);
    try { return await PythonPipe.run(file, options); } finally { fs.rmSync(file, { force: true }); }
  }
  static checkSyntax(code) {
    return new Promise((ok, no) => { const c = execFile(PythonPipe.defaultPythonPath, ['-c', 'import ast,sys;ast.parse(sys.stdin.read())'], (e) => (e ? no(e) : ok())); c.stdin.end(code); });
  }
  static getVersion(p = PythonPipe.defaultPythonPath) { return new Promise((ok, no) => execFile(p, ['--version'], (e, out) => (e ? no(e) : ok(out.trim())))); }
  send(message) { this.child.stdin.write(this.formatter(message) + EOL); return this; }
  end(cb) { this._end = cb; this.child.stdin.end(); return this; }
  kill(signal) { this.child.kill(signal); this.terminated = true; return this; }
}
module.exports = { PythonPipe, PythonPipeError };
