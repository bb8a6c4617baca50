import { spawn, spawnSync } from 'node:child_process';
import { inspect } from 'node:util';
import { createInterface } from 'node:readline';
import os from 'node:os';

export const defaults = { cwd: process.cwd(), env: process.env, shell: process.env.SHELL || true, prefix: 'set -euo pipefail;', verbose: false, timeout: 0 };

export function quote(arg) {
  if (/^[\w/.\-@:=]+$/.test(arg)) return arg;
  return `$'` + arg.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\f/g, '\\f').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t').replace(/\0/g, '\\0') + `'`;
}

const subst = (a) => (a instanceof ProcessOutput ? a.stdout.replace(/\n$/, '') : String(a));

export class ProcessOutput extends Error {
  constructor({ code, signal, stdout, stderr, message }) { super(message); Object.assign(this, { exitCode: code, signal, stdout, stderr }); }
  toString() { return this.stdout + this.stderr; }
  lines() { return this.stdout.split('\n').filter(Boolean); }
  json() { return JSON.parse(this.stdout); }
  [inspect.custom]() { return `ProcessOutput {\n  stdout: ${inspect(this.stdout)},\n  stderr: ${inspect(this.stderr)},\n  exitCode: ${this.exitCode}\n}`; }
}

export class ProcessPromise extends Promise {
  static start(cmd, opts) {
    let ok, no;
    const p = new ProcessPromise((a, b) => { ok = a; no = b; });
    p.cmd = cmd;
    if (opts.verbose) console.error('$ ' + cmd);
    const child = (p.child = spawn(opts.prefix + cmd, { cwd: opts.cwd, env: opts.env, shell: opts.shell, stdio: ['inherit', 'pipe', 'pipe'], windowsHide: true }));
    let stdout = '', stderr = '';
    child.stdout.on('data', (d) => { stdout += d; if (opts.verbose) process.stderr.write(d); });
    child.stderr.on('data', (d) => { stderr += d; if (!p._quiet) process.stderr.write(d); });
    if (opts.timeout) setTimeout(() => p.kill(), opts.timeout).unref();
    child.on('error', (e) => no(new ProcessOutput({ code: null, stdout, stderr, message: e.message })));
    child.on('close', (code, signal) => {
      const out = new ProcessOutput({ code, signal, stdout, stderr, message: `${stderr || '\n'}    exit code: ${code}` });
      code === 0 || p._nothrow ? ok(out) : no(out);
    });
    return p;
  }
  pipe(dest) { this.child.stdout.pipe(dest.child ? dest.child.stdin : dest); return dest; }
  quiet() { this._quiet = true; return this; }
  nothrow() { this._nothrow = true; return this; }
  kill(signal = 'SIGTERM') { process.kill(this.child.pid, signal); }
  async text() { return (await this).stdout; }
}

export const $ = new Proxy(function (pieces, ...args) {
  if (!Array.isArray(pieces)) return (...a) => ProcessPromise.start(build(...a), { ...defaults, ...pieces });
  return ProcessPromise.start(build(pieces, ...args), defaults);
}, { get: (t, k) => (k in defaults ? defaults[k] : t[k]), set: (t, k, v) => { defaults[k] = v; return true; } });

function build(pieces, ...args) {
  let cmd = pieces[0];
  args.forEach((a, i) => { cmd += (Array.isArray(a) ? a.map((x) => quote(subst(x))).join(' ') : quote(subst(a))) + pieces[i + 1]; });
  return cmd;
}

export const cd = (dir) => { defaults.cwd = dir; };
export const which = (bin) => { const r = spawnSync(os.platform() === 'win32' ? 'where' : 'which', [bin], { encoding: 'utf8' }); return r.status === 0 ? r.stdout.trim().split('\n')[0] : null; };
export const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
export async function question(q) { const rl = createInterface({ input: process.stdin, output: process.stdout }); return new Promise((r) => rl.question(q ?? '', (a) => { rl.close(); r(a); })); }
export async function retry(n, fn) { let e; for (let i = 0; i < n; i++) { try { return await fn(); } catch (x) { e = x; } } throw e; }
