import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject, runCli, runProcess } from '../run-cli.ts';
import { HIDDEN_SPAWN, monitored, NODE, packageFiles, type Report, same, usesOf } from './run-monitor.ts';

describe('monitor', () => {
  test('sees a process behind a dynamic require, which inspect lists too', () => {
    const files = {
      ...packageFiles('odd', HIDDEN_SPAWN),
      'app.js': `process.stdout.write(require('odd').go());`,
    };
    const report = same(files, [NODE, 'app.js']);
    const use = report.packages
      .find(({ name }) => name === 'odd')
      ?.uses.find(({ kind }) => kind === 'processes');
    assert.equal(use?.detail, `${NODE} -p 6*7`);
    assert.deepEqual(
      use.stack.map(({ file, line }) => `${file}:${line}`),
      ['node_modules/odd/index.js:2', 'app.js:1'],
    );
    assert.equal(report.processes, 2);
    const inspected = runCli(['inspect', './node_modules/odd', '--json'], { cwd: makeProject(files) });
    const { capabilities } = JSON.parse(inspected.out) as { capabilities: { capability: string }[] };
    assert.ok(capabilities.some(({ capability }) => capability === 'processes'));
  });

  test('reports a program that removed its own record', () => {
    const program = `require('fs').rmSync(process.env.DEPHYGIENE_MONITOR, { recursive: true }); process.exitCode = 7;`;
    const { ended, report } = monitored(makeProject({ 'app.js': program }), [NODE, 'app.js']);
    assert.equal(ended.code, 7);
    assert.equal(report.permission, null);
    assert.ok(report.notObserved.includes('1 record could not be read completely.'), report.notObserved[0]);
  });

  test('names the package by the nearest code, wherever it is installed', () => {
    const write = (name: string) => `require('fs').writeFileSync('${name}.txt', '');`;
    const store = 'node_modules/.pnpm/deep@1.0.0/node_modules/deep';
    const archive = '/cache/zipped-npm-1.0.0-abc.zip/node_modules/zipped/index.js';
    const report = same(
      {
        ...packageFiles('@acme/plain', write('plain')),
        ...packageFiles('deep', write('deep'), store),
        ...packageFiles('calls', 'module.exports = (run) => run();'),
        ...packageFiles('berry', write('berry'), 'node_modules/.store/berry-npm-1.0.0-abc/package'),
        '.pnp.cjs': `const { mkdirSync } = require('fs'); require('fs').mkdirSync = (...args) => mkdirSync(...args);`,
        'app.js': `require('@acme/plain'); require('./${store}'); require('calls')(() => ${write('own').slice(0, -1)});
require('./node_modules/.store/berry-npm-1.0.0-abc/package');
require('vm').runInThisContext('(require) => require("fs").rmSync("own.txt")', { filename: '${archive}' })(require);
require('./.pnp.cjs'); require('./node_modules/behind');
setImmediate(require('fs').unlinkSync, 'deep.txt');`,
        ...packageFiles('behind', `require('fs').mkdirSync('behind');`),
      },
      [NODE, 'app.js'],
    );
    assert.deepEqual(
      report.packages.flatMap(({ type, name, version, uses }) =>
        uses
          .filter(({ kind }) => kind === 'files')
          .map(({ detail, place }) => [name ?? type, version, place, detail]),
      ),
      [
        ['@acme/plain', '1.0.0', 'outside', 'plain.txt'],
        ['behind', '1.0.0', 'outside', 'behind'],
        ['berry', '1.0.0', 'outside', 'berry.txt'],
        ['deep', '1.0.0', 'outside', 'deep.txt'],
        ['zipped', null, 'outside', 'own.txt'],
        ['program', null, 'inside', 'own.txt'],
        ['unknown', null, 'outside', 'deep.txt'],
      ],
    );
  });

  test('lists every kind of use, in modules too', () => {
    const report = same(
      {
        'package.json': { type: 'module' },
        'node_modules/all/package.json': {
          name: 'all',
          version: '2.0.0',
          exports: './index.js',
          type: 'module',
        },
        'node_modules/all/index.js': `
import { createServer, get } from 'node:http';
import { connect } from 'node:net';
import { lookup, promises } from 'node:dns';
import { createSocket } from 'node:dgram';
import { rename, writeFileSync, promises as files } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { Script } from 'node:vm';
import { env } from 'node:process';
import Module, { createRequire } from 'node:module';
export async function run() {
  const server = createServer((_, response) => response.end('ok'));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  for (let at = 0; at < 2; at++)
    await new Promise((done) => get({ host: '127.0.0.1', port, path: '/secret?token=hunter2' }, (answer) => answer.resume().on('end', done)));
  await (await fetch('http://user:hunter2@127.0.0.1:' + port + '/secret').catch(() => fetch('http://127.0.0.1:' + port + '/secret'))).text();
  await new Promise((done) => connect({ port, host: '127.0.0.1' }, done).end());
  await new Promise((done) => lookup('localhost', done));
  await promises.lookup('localhost');
  createSocket('udp4').close();
  server.close(); server.closeAllConnections();
  writeFileSync('one', ''); await new Promise((done) => rename('one', 'two', done)); await files.rm('two');
  eval('1'); new Function('2'); new Script('3'); new Module('x')._compile('4', 'x.js');
  (async () => {}).constructor('5');
  await new Promise((done) => new Worker('6', { eval: true }).on('exit', done));
  try { createRequire(import.meta.url)('./fake.node'); } catch {}
  return env.SHELLS;
}`,
        'node_modules/all/fake.node': '',
        'app.js': `import { run } from 'all'; await run();`,
      },
      [NODE, 'app.js'],
    );
    const uses = report.packages.find(({ name }) => name === 'all')!.uses;
    const shown = uses.map(({ kind, detail, count }) =>
      `${count} ${kind} ${detail}`.replace(/127\.0\.0\.1:\d+/, 'HERE'),
    );
    assert.deepEqual(shown, [
      '1 network listens',
      '5 network HERE',
      '2 network looks up localhost',
      '1 network UDP',
      '2 files one',
      '2 files two',
      '1 dynamic-code eval',
      '2 dynamic-code Function',
      '1 dynamic-code vm',
      '1 dynamic-code Module._compile',
      '1 environment SHELLS',
      '1 native-code node_modules/all/fake.node',
      '1 workers a text',
    ]);
    assert.ok(!JSON.stringify(report).includes('hunter2'));
  });

  test('reports names of variables without values, a copy as one, and arguments without secrets', () => {
    const code = `process.env.PLAIN; ({ ...process.env }); Object.entries(process.env); for (const name in process.env) process.env[name];
process.env.AFTER; require('child_process').execFileSync(process.execPath, ['-e', '', '--', '--token', 'hunter2', '--api-key=hunter2', process.env.NPM_TOKEN]);
require('child_process').execSync('true --password hunter2 && A_SECRET=hunter2 true');`;
    const env = { PLAIN: 'value-of-plain', NPM_TOKEN: 'value-of-token', AFTER: 'value-of-after' };
    const report = same({ 'app.js': code }, [NODE, 'app.js'], { env });
    assert.deepEqual(usesOf(report), [
      `program processes ${NODE} -e -- --token *** --api-key=*** ***`,
      'program processes true --password *** && A_SECRET=*** true',
      'program environment PLAIN',
      'program environment *',
      'program environment AFTER',
      'program environment NPM_TOKEN',
    ]);
    assert.doesNotMatch(JSON.stringify(report), /hunter2|value-of/);
  });

  test('keeps what a killed program did, and no more than it can hold', () => {
    const code = `for (let at = 0; at < 3000; at++) process.env['NAME_' + at % 300]; require('fs').mkdirSync('a'); process.kill(process.pid, 'SIGKILL');`;
    const file = join(makeProject({}), 'report.json');
    const directory = makeProject({ 'app.js': code });
    const { error } = runProcess(['monitor', '--json', '--output', file, '--', NODE, 'app.js'], {
      cwd: directory,
    });
    assert.equal(error, '');
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    assert.equal(report.exitCode, 137);
    const uses = report.packages[0]!.uses;
    assert.equal(uses.length, 62);
    assert.equal(uses.filter(({ detail }) => detail === null).length, 1);
    assert.ok(uses.some(({ kind }) => kind === 'files'));
  });

  test('finds a package that does what another one did a thousand times', () => {
    const reads = (times: number) => `for (let at = 0; at < ${times}; at++) process.env.SAME;`;
    const files = {
      ...packageFiles('often', reads(1000)),
      ...packageFiles('later', reads(50)),
      'app.js': `require('often'); require('later');`,
    };
    const { packages } = same(files, [NODE, 'app.js']);
    assert.deepEqual(
      packages.map(({ name }) => name),
      ['later', 'often'],
    );
    assert.equal(
      packages.reduce((sum, { uses }) => sum + uses[0]!.count, 0),
      1050,
    );
  });

  test('prints permission flags with which the program does the same, and none of which it can do without', () => {
    const files = {
      'package.json': { name: 'shop' },
      'node_modules/all/package.json': { name: 'all', version: '1.0.0', exports: './index.mjs' },
      'node_modules/all/index.mjs': `export const all = 1;`,
      'app.js': `const fs = require('fs');
const { Worker } = require('worker_threads');
require('child_process').execFileSync(process.execPath, ['-p', '1']);
new Worker('', { eval: true });
fs.writeFileSync('out.txt', 'b');
fs.mkdirSync('made'); for (let at = 0; at < 9; at++) fs.writeFileSync('made/' + at, '');
import('all').then(({ all }) => console.log(all, fs.readFileSync('out.txt', 'utf8'), fs.existsSync('/etc/passwd')));`,
    };
    const { permission } = same(files, [NODE, 'app.js']);
    const directory = makeProject(files);
    const run = (flags: readonly string[]) => {
      // Other than that, the same program in another folder.
      const own = flags.map((flag) => flag.replace(/dephygiene-\w+/, basename(directory)));
      return spawnSync(NODE, [...own, 'app.js'], { cwd: directory, encoding: 'utf8' });
    };
    assert.equal(permission![0], '--permission');
    const { status, stdout, stderr } = run(permission!);
    assert.deepEqual([status, stdout], [0, '1 b true\n'], stderr);
    for (const left of permission!.slice(1)) {
      rmSync(join(directory, 'made'), { recursive: true, force: true });
      const without = run(permission!.filter((flag) => flag !== left));
      assert.ok(without.status !== 0 || without.stdout !== stdout, left);
    }
  });

  describe('says what it does not observe', () => {
    const report = (code: string, words: readonly string[] = [NODE, 'app.js']) =>
      monitored(makeProject({ 'app.js': code }), words).report;

    test('a program that is not Node.js', () => {
      assert.deepEqual(report('', ['true']).notObserved, [
        'No process of Node.js was observed. Give a program that Node.js runs.',
      ]);
    });

    test('processes and threads with another environment', () => {
      const found =
        report(`require('child_process').spawnSync(process.execPath, ['-e', 'eval(1)'], { env: {} });
new (require('worker_threads').Worker)('eval(1)', { eval: true, env: {} });`);
      assert.deepEqual(found.notObserved, [
        '2 processes or threads started with another environment and not observed.',
      ]);
      assert.ok(!usesOf(found).includes('program dynamic-code eval'));
    });

    test('what is called through internal bindings', () => {
      const found = report(`process.binding('fs');`);
      assert.match(found.notObserved[0]!, /^process\.binding was used\./);
      assert.deepEqual(usesOf(found), ['program native-code process.binding fs']);
    });

    test('a context of vm has no environment of its own, and names its file itself', () => {
      const found = report(`const vm = require('vm');
vm.runInNewContext('require("fs").mkdirSync("a")', { require }, '/x/node_modules/false/a.js');`);
      assert.deepEqual(usesOf(found), ['false files a', 'program dynamic-code vm']);
    });

    test('a permission model that keeps it from writing', () => {
      const words = [NODE, '--permission', '--allow-fs-read=*', 'app.js'];
      const { ended, report: found } = monitored(makeProject({ 'app.js': `console.log('runs');` }), words);
      assert.deepEqual([ended.code, ended.out, found.processes], [0, 'runs\n', 0]);
      assert.equal(found.notObserved.length, 1);
    });

    test('functions that are frozen, and the program runs', () => {
      const code = `Object.freeze(Error); try { require('fs').rmdirSync('none'); } catch ({ code }) { console.log(code); }`;
      const words = [NODE, '--frozen-intrinsics', '--no-warnings', 'app.js'];
      const { ended, report: found } = monitored(makeProject({ 'app.js': code }), words);
      assert.deepEqual([ended.code, ended.out], [0, 'ENOENT\n'], ended.error);
      assert.ok(usesOf(found).includes('program files none'));
    });

    test('eval by another name, which counts where the name is read', () => {
      const files = {
        ...packageFiles('keeps', 'exports.run = eval;'),
        ...packageFiles('takes', `require('keeps').run('1');`),
        'app.js': `require('takes');`,
      };
      assert.deepEqual(usesOf(monitored(makeProject(files), [NODE, 'app.js']).report), [
        'keeps dynamic-code eval',
      ]);
    });
  });

  test('prints its report on standard error, as a table or as JSON', () => {
    const directory = makeProject({ ...packageFiles('odd', HIDDEN_SPAWN), 'app.js': `require('odd').go();` });
    const text = runProcess(['monitor', '--', NODE, 'app.js'], { cwd: directory });
    assert.equal(text.out, '');
    assert.match(text.error, /^odd 1\.0\.0 +processes .+ index\.js:2/m);
    for (const line of text.error.split('\n').slice(1)) assert.ok(line.length <= 80, line);
    const json = runProcess(['monitor', '--json', '--', NODE, 'app.js'], { cwd: directory });
    assert.equal((JSON.parse(json.error) as Report).processes, 2);
  });

  test('runs nothing without a command after --, and names what could not be started or written', () => {
    const directory = makeProject({ 'app.js': `require('fs').mkdirSync('made');` });
    const run = (...args: readonly string[]) => runProcess(['monitor', ...args], { cwd: directory });
    for (const args of [
      [],
      ['node', 'app.js'],
      ['app.js', '--', NODE, 'app.js'],
      ['--output', '--', NODE, 'app.js'],
    ])
      assert.equal(run(...args).code, 2, args.join(' '));
    assert.ok(!existsSync(join(directory, 'made')));
    assert.deepEqual(run('--', 'no-such-program'), {
      ...{ code: 2, out: '', error: 'dephygiene: no-such-program was not found; check the command.\n' },
    });
    const unwritten = run('--output', 'none/report', '--', NODE, 'app.js');
    assert.equal(unwritten.code, 2);
    assert.match(
      unwritten.error,
      /^Observed 1 process [\s\S]+\ndephygiene: --output none\/report is in a folder that does not exist; give another file\.\n$/,
    );
    assert.ok(existsSync(join(directory, 'made')));
  });
});
