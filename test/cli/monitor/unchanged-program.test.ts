import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CLI, makeProject } from '../run-cli.ts';
import { NODE, type Run, same } from './run-monitor.ts';

describe('monitor', () => {
  describe('changes nothing of the program', () => {
    const PROGRAMS: Readonly<Record<string, { readonly code: string; readonly file?: string } & Run>> = {
      'an exit code': { code: 'process.exitCode = 42;' },
      'an exit in the middle': {
        code: `console.log('a'); process.on('exit', () => console.log('b')); process.exit(3); console.log('c');`,
      },
      'standard input': {
        code: `process.stdin.on('data', (data) => process.stdout.write(data.toString().toUpperCase()));`,
        input: 'words',
      },
      'much output': { code: `for (let at = 0; at < 400; at++) process.stdout.write('x'.repeat(10_000));` },
      'an uncaught exception': {
        code: `function deep(left) { if (left === 0) throw new TypeError('no'); deep(left - 1); } deep(20);`,
      },
      'an uncaught exception of an observed function': {
        code: `function deep(left) { if (left === 0) require('fs').writeFileSync('/nowhere/a', ''); else deep(left - 1); } deep(20);`,
      },
      'an unhandled rejection': { code: `require('fs').promises.readFile('nowhere');` },
      'a module': {
        file: 'app.mjs',
        code: `import { readFileSync } from 'node:fs'; import { env } from 'node:process'; console.log(readFileSync(new URL(import.meta.url), 'utf8').length, env.HOME !== ''); await Promise.reject(new Error('late'));`,
      },
      'the environment': {
        code: `process.env.A = 1; delete process.env.HOME; const { NODE_OPTIONS, DEPHYGIENE_MONITOR, ...rest } = process.env; console.log(rest, typeof process.env.A, 'HOME' in process.env, JSON.stringify(process.env.B));`,
        env: { B: 'b' },
      },
      'the environment as a message': {
        code: `const { Worker, workerData } = require('worker_threads');
if (workerData) console.log(workerData.A, workerData.env?.A);
else {
  console.log(structuredClone(process.env).A, structuredClone({ env: process.env, get b() { console.log('b'); return 1; } }).env.A);
  new Worker(__filename, { workerData: process.env }).on('exit', () => new Worker(__filename, { workerData: { env: process.env } }));
}`,
        env: { A: 'a' },
      },
      'eval with variables around it': {
        code: `function sum() { const a = 1; return eval('a + 1'); } console.log(sum(), (0, eval)('typeof sum'), new Function('a', 'return a')(3), (() => {}).constructor === Function, (() => {}) instanceof Function);`,
      },
      'ten listeners of one event': {
        code: `for (let at = 0; at < 10; at++) process.on('exit', () => {}); for (let at = 0; at < 10; at++) process.on('uncaughtExceptionMonitor', () => {});`,
      },
      'promisified functions': {
        code: `require('util').promisify(require('child_process').execFile)(process.execPath, ['-p', '1']).then(({ stdout }) => console.log(stdout));`,
      },
      'forked processes': {
        code: `const cp = require('child_process'); if (process.send) process.send(process.argv[2]); else cp.fork(__filename, ['hi']).on('message', (text) => console.log(text));`,
      },
      'a cluster': {
        code: `const cluster = require('cluster'); if (cluster.isPrimary) cluster.fork().on('exit', (code) => console.log('ended', code)); else process.exit(4);`,
      },
      'worker threads': {
        code: `const { Worker, isMainThread, parentPort, workerData } = require('worker_threads'); class Own extends Worker {} if (isMainThread) new Own(__filename, { workerData: 5 }).on('message', (value) => console.log(value)); else parentPort.postMessage(workerData + 1);`,
      },
      streams: {
        code: `const fs = require('fs'); const to = new fs.WriteStream('a.txt'); to.end('abc', () => fs.createReadStream('a.txt').pipe(process.stdout));`,
      },
    };
    for (const [name, { code, file = 'app.js', ...run }] of Object.entries(PROGRAMS))
      test(name, () => {
        same({ [file]: code }, [NODE, file], run);
      });

    test('the test runner', () => {
      const code = `const { test } = require('node:test'); test('a', () => {}); test('b', () => { throw new Error('x'); });`;
      const report = same({ 'a.test.js': code }, [NODE, '--test', '--test-reporter=tap', 'a.test.js']);
      assert.equal(report.exitCode, 1);
      assert.equal(report.processes, 2);
    });

    test('options of the user, and paths with blanks and quotes', () => {
      const files = {
        'a "b"/pre.cjs': 'globalThis.loaded = 1;',
        'app.js': 'console.log(loaded, process.execArgv.length, Error.stackTraceLimit);',
      };
      const options = { NODE_OPTIONS: `--require "./a \\"b\\"/pre.cjs" --stack-trace-limit=5` };
      const folder = join(makeProject({}), 'c "d"');
      mkdirSync(folder);
      same(files, [NODE, 'app.js'], { env: { ...options, TMPDIR: folder } });
      assert.deepEqual(readdirSync(folder), []);
    });
  });

  test('passes signals on, and ends by the one that ends the program', async () => {
    const files = {
      'handles.js': `process.on('SIGTERM', () => { console.log('term'); process.exit(5); }); setInterval(() => {}, 1000); console.log('up');`,
      'ends.js': `require('fs').mkdirSync('made'); setInterval(() => {}, 1000); setTimeout(() => console.log('up'), 700);`,
    };
    for (const [file, ending] of [
      ['handles.js', [5, null, 'up\nterm\n']],
      ['ends.js', [null, 'SIGTERM', 'up\n']],
    ] as const) {
      const child = spawn(NODE, [CLI, 'monitor', '--', NODE, file], { cwd: makeProject(files) });
      let out = '';
      let error = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        error += text;
      });
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (out === '') child.kill('SIGTERM');
        out += text;
      });
      const [code, signal] = await once(child, 'close');
      assert.deepEqual([code, signal, out], ending, error);
      assert.match(error, /^Observed 1 process of /);
      if (file === 'ends.js') assert.match(error, /\(program\) +files inside +made /);
    }
  });
});
