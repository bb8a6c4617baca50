import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fetchedTarballs, startWorld, TOKEN, type World } from '../guard/world.ts';
import { pack } from '../registry-servers/support/package-fixture.ts';
import { CLI, lockfileOf, makeProject, runCli, runProcess } from './run-cli.ts';

const OLD = { at: '2024-01-01' };
const USED = { downloads: 900_000 };
const MANIFEST = { name: 'shop', version: '1.0.0', private: true };

const PACKAGES = [
  pack('tidy-columns', { '1.0.0': { ...OLD, dependencies: { 'tidy-rows': '^1.0.0' } } }, USED),
  pack('tidy-rows', { '1.0.0': OLD }, USED),
  pack('level-one', { '1.0.0': { ...OLD, dependencies: { 'level-two': '1.0.0' } } }, USED),
  pack('level-two', { '1.0.0': { ...OLD, dependencies: { 'flatmap-stream': '0.1.1' } } }, USED),
  pack('flatmap-stream', { '0.1.1': OLD }),
  pack('runs-script', { '1.0.0': { ...OLD, scripts: { postinstall: 'echo ran' } } }, USED),
];

function endOf(child: ChildProcess): Promise<[code: number | null, signal: string | null]> {
  return new Promise((resolve) => {
    child.on('exit', (...ended) => resolve(ended));
  });
}

/** The npm of this machine, a registry on loopback that stands for the public one, and a private one. */
describe('dephygiene guard', () => {
  let world: World;
  before(async () => {
    world = await startWorld({ packages: PACKAGES, hidden: [pack('@acme/ui', { '1.0.0': OLD })] });
  });
  after(() => world.close());
  beforeEach(() => {
    for (const server of [world.open, world.hidden, world.outside]) server.forget();
    for (const name of ['tidy-rows', '*']) world.open.fail(name, undefined);
  });

  const empty = () => world.project({ 'package.json': MANIFEST });
  const installed = (folder: string) =>
    existsSync(join(folder, 'node_modules')) ? readdirSync(join(folder, 'node_modules')).sort() : [];
  const manifestOf = (folder: string) => readFileSync(join(folder, 'package.json'), 'utf8');

  test('runs a clean install as it was typed', async () => {
    const folder = empty();
    const { code, error } = await world.guard(['--', 'npm', 'install', 'tidy-columns', '-D'], folder);
    assert.equal(code, 0, error);
    assert.match(
      error,
      /^Nothing wrong found: npm install tidy-columns -D\n {2}2 packages, 2 new or changed\n/,
    );
    assert.deepEqual(installed(folder), ['.package-lock.json', 'tidy-columns', 'tidy-rows']);
    assert.match(manifestOf(folder), /"devDependencies": \{\s+"tidy-columns"/);
  });

  test('stops malware three levels down before its tarball is fetched, on one screen', async () => {
    const folder = empty();
    const before = manifestOf(folder);
    const { code, out, error } = await world.guard(['--', 'npm', 'install', 'level-one'], folder);
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(error, /^ {2}malware {7}flatmap-stream 0\.1\.1 is malware/m);
    assert.match(error, /by level-one > level-two > flatmap-stream/);
    assert.ok(error.split('\n').length <= 24 && error.split('\n').every((line) => line.length <= 80), error);
    assert.deepEqual(fetchedTarballs(world.open), []);
    assert.deepEqual(installed(folder), []);
    assert.equal(manifestOf(folder), before);
    assert.ok(!existsSync(join(folder, 'package-lock.json')));
  });

  test('an install without names is judged as a whole, and so is npm ci', async () => {
    const files = {
      'package.json': { ...MANIFEST, dependencies: { 'level-one': '^1.0.0' } },
      'package-lock.json': lockfileOf({ 'flatmap-stream': '0.1.1' }),
    };
    for (const line of ['npm install', 'npm ci']) {
      const { code, error } = await world.guard(['--', ...line.split(' ')], world.project(files));
      assert.equal(code, 1, error);
      assert.match(error, /flatmap-stream 0\.1\.1 is malware/);
    }
    assert.deepEqual(fetchedTarballs(world.open), []);
  });

  test('packages whose URL npm leaves out of the lockfile are not changed', async () => {
    const folder = empty();
    await world.guard(['--', 'npm', 'install', 'tidy-rows'], folder);
    const lockfile = () => readFileSync(join(folder, 'package-lock.json'), 'utf8');
    assert.match(lockfile(), /"resolved"/);
    appendFileSync(join(folder, '.npmrc'), '\nomit-lockfile-registry-resolved=true\n');
    const { code, error } = await world.guard(['--', 'npm', 'install', 'tidy-columns'], folder);
    assert.equal(code, 0, error);
    assert.match(error, /2 packages, 1 new or changed/);
    assert.doesNotMatch(lockfile(), /"resolved"/);
  });

  test('a script that npm will run stops the install, and a decision on it lets it pass', async () => {
    const folder = empty();
    const line = ['--', 'npm', 'install', 'runs-script'];
    assert.match(
      (await world.guard(line, folder)).error,
      /^ {2}script {8}runs-script 1\.0\.0 has an unreviewed/m,
    );
    const approved = world.project({
      'package.json': { ...MANIFEST, allowScripts: { 'runs-script@1.0.0': true } },
    });
    const { code, error } = await world.guard(line, approved);
    assert.equal(code, 0, error);
  });

  test('--dry-run runs nothing, --run-anyway runs it all the same', async () => {
    const folder = empty();
    const dry = await world.guard(['--dry-run', '--', 'npm', 'install', 'tidy-rows'], folder);
    assert.deepEqual([dry.code, dry.out, installed(folder)], [0, '', []]);
    const forced = await world.guard(['--run-anyway', '--', 'npm', 'install', 'runs-script'], folder);
    assert.equal(forced.code, 0, forced.error);
    assert.match(forced.error, /^Stopped: npm install runs-script/m);
    assert.deepEqual(installed(folder), ['.package-lock.json', 'runs-script']);
  });

  test('JSON is all of standard output, and has what the text has', async () => {
    const line = ['--format', 'json', '--', 'npm', 'install'];
    const clean = await world.guard([...line, 'tidy-rows'], empty());
    const { verdict, runs, packages } = JSON.parse(clean.out) as Record<string, unknown>;
    assert.deepEqual(
      { verdict, runs, packages },
      { verdict: 'clean', runs: true, packages: { all: 1, new: 1 } },
    );
    const wrong = await world.guard([...line, 'level-one'], empty());
    const report = JSON.parse(wrong.out) as { verdict: string; findings: { rule: string; path: string[] }[] };
    assert.equal(wrong.code, 1);
    assert.equal(report.verdict, 'wrong');
    const malware = report.findings.find(({ rule }) => rule === 'malicious-version');
    assert.deepEqual(malware?.path, ['level-one', 'level-two', 'flatmap-stream']);
  });

  test('other commands run unchanged, with their exit code', async () => {
    const folder = world.project({ 'package.json': { ...MANIFEST, scripts: { fail: 'exit 3' } } });
    const { code, error } = await world.guard(['--', 'npm', 'run', 'fail'], folder);
    assert.equal(code, 3);
    assert.match(error, /^Installs nothing: npm run fail$/m);
    const quiet = await world.guard(['--quiet', '--', 'npm', '--version'], folder);
    assert.deepEqual([quiet.code, quiet.error], [0, '']);
    assert.match(quiet.out, /^\d+\.\d+\.\d+\n$/);
  });

  test('what cannot be judged does not run', async () => {
    const folder = empty();
    const cases = [
      [
        ['--offline', '--', 'npm', 'install', 'tidy-rows'],
        /npm asks registries to resolve it, and --offline/,
      ],
      [['--', 'npm', 'install', './here'], /folder or file of this machine/],
      [['--', 'npm', 'install', 'name-of-nobody'], /npm could not resolve it: 404 Not Found/],
      [['--', 'bunx', 'cowsay'], /was not found on PATH|could not resolve/],
    ] as const;
    for (const [args, said] of cases) {
      const { code, error } = await world.guard(args, folder);
      assert.equal(code, 2, `${args.join(' ')}: ${error}`);
      assert.match(error, said);
      assert.match(error, /the command did not run/);
    }
    assert.deepEqual(installed(folder), []);
  });

  test('offline, the package manager asks nobody either', async () => {
    const before = world.open.requests.length;
    const folder = empty();
    const { code, error } = await world.guard(['--offline', '--dry-run', '--', 'npm', 'i', 'lodahs'], folder);
    assert.equal(code, 2, error);
    assert.match(error.replace(/\s+/g, ' '), /--offline sends nothing.*"lodahs" looks like "lodash"/);
    assert.deepEqual(world.open.requests.slice(before), []);
  });

  test('offline, Corepack downloads no package manager', () => {
    const bin = makeProject({ yarn: '#!/bin/sh\n[ "$COREPACK_ENABLE_NETWORK" = 0 ] && echo 1.22.22\n' });
    chmodSync(join(bin, 'yarn'), 0o755);
    const folder = makeProject({
      'package.json': { ...MANIFEST, packageManager: 'yarn@1.22.22' },
      'yarn.lock': '# yarn lockfile v1\n',
    });
    const PATH = [bin, process.env.PATH].join(delimiter);
    const args = ['guard', '--offline', '--dry-run', '--', 'yarn', 'install', '--frozen-lockfile'];
    const { error } = runProcess(args, { cwd: folder, env: { PATH } });
    assert.doesNotMatch(error, /--version" failed/);
    assert.match(error, /yarn install --frozen-lockfile/);
  });

  test('a name that does not exist is compared with popular ones', async () => {
    const folder = empty();
    const { code, error } = await world.guard(['--', 'npm', 'install', 'lodahs'], folder);
    assert.equal(code, 2);
    assert.match(error.replace(/\s+/g, ' '), /could not resolve it.*"lodahs" looks like "lodash": it swaps/);
  });

  test('a registry that fails while judging is no clean verdict', async () => {
    const folder = empty();
    world.open.fail('/-/npm/v1/security', { type: 'status', status: 503 } as never);
    const { code, error } = await world.guard(['--', 'npm', 'install', 'tidy-rows'], folder);
    world.open.fail('/-/npm/v1/security', undefined);
    assert.equal(code, 2, error);
    assert.match(error, /^ {2}Not judged: /m);
  });

  test('the project starts no program, and no token is printed or left behind', async () => {
    const evil = '#!/bin/sh\ntouch "$(dirname "$0")/../../ran"\n';
    const folder = world.project({
      'package.json': { ...MANIFEST, dependencies: { odd: 'git+https://git.example.test/odd.git' } },
      '.npmrc': `git=./tools/git.sh\nscript-shell=./tools/git.sh\n//127.0.0.1:1/:_authToken=${TOKEN}\n`,
      'tools/git.sh': evil,
      'node_modules/.bin/npm': evil,
    });
    execFileSync('chmod', ['+x', join(folder, 'tools/git.sh'), join(folder, 'node_modules/.bin/npm')]);
    const path = { PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}` };
    for (const args of [
      ['npm', 'install', 'tidy-rows'],
      ['npm', 'install'],
      ['npx', '@acme/ui'],
    ]) {
      const { out, error } = await world.guard(['--dry-run', '--', ...args], folder, path);
      assert.ok(!`${out}${error}`.includes(TOKEN));
    }
    assert.ok(
      !existsSync(join(folder, '../ran')) && !existsSync(join(folder, 'ran')),
      'a program was started',
    );
    const cache = join(folder, '../home/cache/dephygiene');
    assert.deepEqual(
      readdirSync(cache).filter((name) => name.startsWith('guard-')),
      [],
    );
  });

  test('a private scope is asked for at its own registry only', async () => {
    const folder = empty();
    const { code, error } = await world.guard(['--', 'npm', 'install', '@acme/ui'], folder);
    assert.equal(code, 0, error);
    assert.ok(!JSON.stringify([world.open.requests, world.outside.requests]).includes('acme'));
  });

  test('a signal reaches the command, and ends guard like it', async () => {
    const wait = 'node -e "console.log(6 * 7), setTimeout(() => {}, 20000)"';
    const folder = world.project({ 'package.json': { ...MANIFEST, scripts: { wait } } });
    const child = spawn(process.execPath, [CLI, 'guard', '--', 'npm', 'run', 'wait'], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: join(folder, '../home') },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = endOf(child);
    let out = '';
    await new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        if (/^42$/m.test(out)) resolve();
      });
    });
    child.kill('SIGTERM');
    const [code, signal] = await ended;
    assert.ok(signal === 'SIGTERM' || code === 143, `${code} ${signal}`);
  });

  test('a signal while it judges ends the package manager, and removes the copy', async () => {
    const tick = join(world.folder, 'tick');
    const slow = `while true; do date +%s%N > ${tick}; sleep 0.05; done`;
    const own = await startWorld({ packages: [], managers: { npm: ['/bin/sh', '-c', slow] } });
    try {
      const folder = own.project({ 'package.json': MANIFEST });
      const child = spawn(process.execPath, [CLI, 'guard', '--', 'npm', 'install', 'tidy-rows'], {
        cwd: folder,
        env: { ...own.environment(folder) },
        stdio: 'ignore',
      });
      const ended = endOf(child);
      for (let tries = 0; !existsSync(tick) && tries < 200; tries++) await setTimeout(50);
      child.kill('SIGTERM');
      assert.equal((await ended)[1], 'SIGTERM');
      const cache = join(folder, '../home/cache/dephygiene');
      assert.deepEqual(
        readdirSync(cache).filter((name) => name.startsWith('guard-')),
        [],
      );
      await setTimeout(300);
      const last = readFileSync(tick, 'utf8');
      await setTimeout(300);
      assert.equal(readFileSync(tick, 'utf8'), last, 'the package manager still runs');
    } finally {
      await own.close();
    }
  });

  const script = '/usr/bin/script';
  test('on a terminal it asks, and only yes runs it', { skip: !existsSync(script) }, async () => {
    for (const [answer, found] of [
      ['n', []],
      ['yes', ['.package-lock.json', 'runs-script']],
    ] as const) {
      const folder = empty();
      const line = `'${process.execPath}' '${CLI}' guard -- npm install runs-script`;
      const child = spawn(script, ['-qec', line, '/dev/null'], {
        cwd: folder,
        env: { ...world.environment(folder) },
      });
      let seen = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        seen += text;
        if (/Run it anyway\? \[y\/N\] $/.test(seen)) child.stdin.write(`${answer}\n`);
      });
      await new Promise((resolve) => child.on('close', resolve));
      assert.match(seen, /Run it anyway\?/);
      assert.deepEqual(installed(folder), found, seen);
    }
  });
});

describe('guard --setup', () => {
  test('prints functions that a shell accepts, and writes nothing', () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const { code, out, error } = runCli(['guard', '--setup', shell]);
      assert.deepEqual([code, error], [0, '']);
      for (const program of ['npm', 'npx', 'pnpm', 'yarn', 'bun', 'bunx'])
        assert.match(out, new RegExp(`\\b${program}\\b[^]*guard --quiet '?--'? ${program} `), shell);
    }
    const bash = runCli(['guard', '--setup', 'bash']).out;
    assert.equal(spawnSync('bash', ['-n'], { input: bash }).status, 0);
  });

  test('wrong use is one line', () => {
    for (const args of [
      ['guard'],
      ['guard', 'npm', 'install'],
      ['guard', '--', 'cargo', 'add', 'a'],
      ['guard', '--setup', 'csh'],
    ]) {
      const { code, out, error } = runCli(args);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(error, /^dephygiene: [^\n]+\.\n$/);
    }
  });
});
