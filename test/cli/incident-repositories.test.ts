import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createHistory, FORMATS } from './lockfile-histories.ts';
import { CLI, makeProject, runCli } from './run-cli.ts';
import { history, type IncidentJson, incident, lockfile, type Searched } from './run-incident.ts';

describe('what could not be read', () => {
  test('is never "not hit": a shallow clone', () => {
    const own = history();
    own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
    own.commit();
    own.write('package-lock.json', lockfile({ evil: '6.6.7' }));
    own.commit();
    const clone = join(own.directory, '../clone');
    own.git('clone', '--quiet', '--depth=1', `file://${own.directory}`, clone);
    const { code, repositories } = incident(['evil@6.6.6', clone, '--history']);
    assert.equal(code, 2);
    assert.equal(repositories[0]!.verdict, 'unknown');
    assert.match(repositories[0]!.notRead[0]!.reason, /shallow/);
    assert.equal(incident(['evil@6.6.6', clone]).code, 0);
  });

  test('is never "not hit": the history of a folder without git', () => {
    const folder = makeProject({ 'package-lock.json': lockfile({ evil: '6.6.7' }) });
    const { code, repositories } = incident(['evil@6.6.6', folder, '--history']);
    assert.deepEqual([code, repositories[0]!.verdict], [2, 'unknown']);
    assert.equal(repositories[0]!.notRead[0]!.reason, 'the folder is not a git repository');
    assert.equal(incident(['evil@6.6.6', folder]).code, 0);
  });

  test('is never "not hit": a folder with nothing to search', () => {
    const folder = makeProject({ 'readme.md': 'x' });
    for (const options of [[], ['--history']]) {
      const { code, repositories } = incident(['evil@6.6.6', folder, ...options]);
      assert.deepEqual([code, repositories[0]!.verdict], [2, 'unknown']);
      assert.deepEqual(
        repositories[0]!.notRead.map(({ reason }) => reason),
        ['nothing was searched, as the folder has no lockfile and is not a git repository'],
      );
    }
    assert.match(runCli(['incident', 'evil@6.6.6', folder]).out, /unknown, as nothing was searched/);
  });

  test('whether a version could be installed, if the author chose the date', () => {
    const list = join(makeProject({}), 'list.csv');
    writeFileSync(list, 'name,version,published,removed\nevil,6.6.6,2026-01-10T00:00Z,2026-01-12T00:00Z\n');
    for (const [first, state] of [
      [4, 'no'],
      [11, 'unknown'],
    ] as const) {
      const own = history();
      own.write('readme.md', 'x');
      own.commit(Date.UTC(2026, 0, first) / 1000);
      own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
      own.commit(Date.UTC(2026, 0, 5) / 1000);
      own.write('package-lock.json', lockfile({ evil: '6.6.7' }));
      own.commit(Date.UTC(2026, 0, 6) / 1000);
      const { repositories } = incident([list, own.directory, '--history']);
      assert.equal(repositories[0]!.findings[0]!.installable, state);
    }
  });

  test('a damaged object is listed, and the others are read', () => {
    const own = history();
    own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
    own.commit();
    const damaged = own.git('rev-parse', 'HEAD:package-lock.json');
    own.write('package-lock.json', lockfile({ evil: '6.6.7' }));
    own.commit();
    own.write('yarn.lock', FORMATS[2]![2]({ evil: '6.6.6' }));
    own.commit();
    const file = join(own.directory, '.git/objects', damaged.slice(0, 2), damaged.slice(2));
    const bytes = readFileSync(file);
    rmSync(file);
    for (const [broken, reason] of [
      [bytes.fill(0, bytes.length / 2), /damaged/],
      [Buffer.from('x'), /missing or damaged/],
      [undefined, /missing or damaged/],
    ] as const) {
      if (broken === undefined) rmSync(file);
      else writeFileSync(file, broken);
      const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history']);
      assert.equal(code, 2);
      const [{ findings, notRead }] = repositories as [Searched];
      assert.deepEqual(
        findings.map(({ lockfile: path }) => path),
        ['yarn.lock'],
      );
      assert.equal(notRead.length, 1);
      assert.match(notRead[0]!.subject, /^package-lock\.json in /);
      assert.match(notRead[0]!.reason, reason);
    }
  });

  test('a commit may state a time that no date has', () => {
    const own = history();
    own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
    own.commit(9_000_000_000_000);
    for (const format of ['text', 'markdown', 'csv'])
      assert.equal(
        runCli(['incident', 'evil@6.6.6', own.directory, '--history', '--format', format]).error,
        '',
      );
    const { repositories } = incident(['evil@6.6.6', own.directory, '--history']);
    assert.equal(repositories[0]!.findings[0]!.from, '9999-12-31T23:59:59.000Z');
  });

  test('a lost commit ends the history', () => {
    const own = history();
    own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
    const lost = own.commit();
    own.write('package-lock.json', lockfile({ evil: '6.6.7' }));
    own.commit();
    rmSync(join(own.directory, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history']);
    assert.equal(code, 2);
    assert.equal(repositories[0]!.verdict, 'unknown');
    assert.equal(repositories[0]!.notRead[0]!.subject, 'history');
    assert.equal(incident(['evil@6.6.6', own.directory]).code, 0);
    const head = own.git('rev-parse', 'HEAD');
    rmSync(join(own.directory, '.git/objects', head.slice(0, 2), head.slice(2)));
    assert.equal(incident(['evil@6.6.6', own.directory]).repositories[0]!.notRead[0]!.subject, 'HEAD');
  });

  test('the lockfile of a branch is read', () => {
    const own = history();
    own.write('pnpm-lock.feature!x.yaml', FORMATS[5]![2]({ evil: '6.6.6' }));
    own.commit();
    rmSync(join(own.directory, 'pnpm-lock.feature!x.yaml'));
    own.commit();
    const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history']);
    assert.equal(code, 1);
    assert.equal(repositories[0]!.findings[0]!.events.length, 2);
  });

  test('damaged lockfiles that name the package, and binary ones', () => {
    const own = history();
    own.write(
      'package-lock.json',
      '{ "lockfileVersion": 3, "packages": { "node_modules/evil": { "version": "6.6.6"',
    );
    own.write('app/bun.lockb', '#!/usr/bin/env bun\nbun-lockfile-format-v0\n\0evil\0');
    own.write('lib/bun.lockb', '#!/usr/bin/env bun\nbun-lockfile-format-v0\n\0other\0');
    own.commit();
    const { code, repositories } = incident(['evil@6.6.6', own.directory]);
    assert.equal(code, 2);
    const subjects = new Set(repositories[0]!.notRead.map(({ subject }) => subject.split(' ')[0]));
    assert.deepEqual([...subjects].sort(), ['app/bun.lockb', 'package-lock.json']);
  });

  test('submodules that are not checked out; others are searched', () => {
    const inner = history('inner');
    inner.write('package-lock.json', lockfile({ evil: '6.6.6' }));
    inner.commit();
    const outer = history('outer');
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.directory, 'sub');
    outer.commit();
    const found = incident(['evil@6.6.6', outer.directory]);
    assert.deepEqual(
      found.repositories.map(({ verdict }) => verdict),
      ['not-hit', 'hit-now'],
    );
    outer.git('submodule', '--quiet', 'deinit', '--force', 'sub');
    const { code, repositories } = incident(['evil@6.6.6', outer.directory]);
    assert.equal(code, 2);
    assert.match(repositories[0]!.notRead[0]!.reason, /not checked out/);
  });

  test('lines of the list', () => {
    const own = history();
    const list = join(own.directory, '../list.txt');
    writeFileSync(list, 'evil@6.6.6\nsomething else entirely\n');
    const { code, notRead } = incident([list, own.directory]);
    assert.equal(code, 2);
    assert.match(notRead[0]!.reason, /line 2/);
  });
});

describe('repositories', () => {
  test('are found below a folder and one level deeper, bare ones too', () => {
    const parent = makeProject({});
    const one = createHistory(join(parent, 'one'));
    one.write('package-lock.json', lockfile({ evil: '6.6.6' }));
    one.commit();
    one.write('package-lock.json', lockfile({ evil: '6.6.7' }));
    one.commit();
    one.git('clone', '--quiet', '--bare', one.directory, join(parent, 'group/bare.git'));
    createHistory(join(parent, 'empty'));
    mkdirSync(join(parent, 'plain'));
    const { repositories, code } = incident(['evil@6.6.6', '--repos', parent, '--history']);
    assert.equal(code, 1);
    assert.deepEqual(
      repositories.map(({ path, verdict }) => [path.slice(parent.length + 1), verdict]),
      [
        ['empty', 'not-hit'],
        ['group/bare.git', 'was-hit'],
        ['one', 'was-hit'],
      ],
    );
  });

  test('run nothing that their configuration names', () => {
    const own = history();
    own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
    own.write('.gitattributes', '* diff=x filter=x\n');
    own.commit();
    const mark = join(own.directory, '../ran');
    const script = join(own.directory, '../script.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    for (const key of [
      ...[
        'core.fsmonitor',
        'core.pager',
        'core.sshCommand',
        'diff.external',
        'diff.x.textconv',
        'diff.x.command',
      ],
      ...[
        'filter.x.smudge',
        'filter.x.clean',
        'gpg.program',
        'pager.log',
        'alias.rev-list',
        'uploadpack.packObjectsHook',
      ],
    ])
      own.git('config', key, script);
    own.git('config', 'log.showSignature', 'true');
    for (const name of ['post-checkout', 'reference-transaction']) {
      mkdirSync(join(own.directory, '.git/hooks'), { recursive: true });
      writeFileSync(join(own.directory, '.git/hooks', name), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    }
    rmSync(mark, { force: true });
    assert.equal(incident(['evil@6.6.6', own.directory, '--history']).code, 1);
    assert.equal(existsSync(mark), false);
  });

  test('are read again only where they changed', () => {
    const own = history();
    const home = makeProject({});
    for (let version = 0; version < 5; version++) {
      own.write('package-lock.json', lockfile({ evil: `6.6.${version + 4}` }));
      own.commit();
    }
    const first = incident(['evil@6.6.6', own.directory, '--history'], { HOME: home });
    const text = (report: IncidentJson) => JSON.stringify(report.repositories);
    assert.equal(text(incident(['evil@6.6.6', own.directory, '--history'], { HOME: home })), text(first));
    // Without the objects of earlier commits, only what is known of them can be right.
    own.write('package-lock.json', lockfile({ evil: '6.6.6', other: '1.0.0' }));
    const again = own.commit();
    const old = own.git('rev-parse', 'HEAD~4:package-lock.json');
    rmSync(join(own.directory, '.git/objects', old.slice(0, 2), old.slice(2)));
    const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history'], { HOME: home });
    assert.equal(code, 1);
    assert.equal(repositories[0]!.findings[0]!.events.at(-1)!.commit, again);
    // Another question knows nothing of that text.
    assert.equal(incident(['evil@6.6.5', own.directory, '--history'], { HOME: home }).code, 2);
  });

  test('are not read again at all while nothing changed, and start no git', () => {
    const own = history();
    const programs = makeProject({});
    const started = join(programs, 'started');
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
    writeFileSync(join(programs, 'git'), `#!/bin/sh\necho "$*" >> ${started}\nexec ${real} "$@"\n`, {
      mode: 0o755,
    });
    const cache = makeProject({});
    const env = { HOME: cache, XDG_CACHE_HOME: cache, PATH: `${programs}:${process.env.PATH}` };
    const run = (question: string) => {
      rmSync(started, { force: true });
      const report = JSON.stringify(incident([question, own.directory, '--history'], env));
      const count = existsSync(started) ? readFileSync(started, 'utf8').trim().split('\n').length : 0;
      return { count, report, written: verdictsIn(cache) };
    };
    own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
    own.commit();
    own.git('gc', '--quiet');
    for (const question of ['evil@6.6.6', 'none@1.0.0']) {
      const first = run(question);
      assert.deepEqual(run(question), { ...first, count: 0 });
    }
    for (const change of [
      () => own.git('tag', 'v1'),
      () => own.git('commit', '--quiet', '--allow-empty', '--message=empty'),
      () => own.git('notes', 'add', '-m', 'note'),
      () => own.git('pack-refs', '--all'),
      () => own.git('repack', '-a', '-d', '--quiet'),
      () => own.git('checkout', '--quiet', '--detach', 'HEAD~1'),
    ]) {
      const before = verdictsIn(cache);
      change();
      const first = run('evil@6.6.6');
      assert.notDeepEqual(first.written, before, change.toString());
      assert.deepEqual(run('evil@6.6.6'), { ...first, count: 0 }, change.toString());
    }
  });

  test('with links out of them are not read through these', () => {
    const own = history();
    const other = makeProject({ 'package-lock.json': lockfile({ evil: '6.6.6' }) });
    symlinkSync(join(other, 'package-lock.json'), join(own.directory, 'package-lock.json'));
    own.commit();
    const { code, repositories } = incident(['evil@6.6.6', own.directory]);
    assert.equal(code, 2);
    assert.deepEqual(repositories[0]!.findings, []);
  });
});

test('Ctrl-C ends it without a report, and ends git', async () => {
  const own = history();
  own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
  own.commit();
  const programs = makeProject({});
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const started = join(programs, 'started');
  writeFileSync(
    join(programs, 'git'),
    `#!/bin/sh\ncase "$*" in *cat-file*) echo $$ > ${started}; exec sleep 60;; esac\nexec ${real} "$@"\n`,
    { mode: 0o755 },
  );
  const child = spawn(process.execPath, [CLI, 'incident', 'evil@6.6.6', own.directory, '--history'], {
    env: { PATH: `${programs}:${process.env.PATH}`, HOME: makeProject({}) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
  while (!existsSync(started) || readFileSync(started, 'utf8') === '') await setTimeout(50);
  child.kill('SIGINT');
  const [code, signal] = await once(child, 'close');
  assert.deepEqual([code, signal, out], [null, 'SIGINT', '']);
  assert.throws(() => process.kill(Number(readFileSync(started, 'utf8')), 0), /ESRCH/);
});

/** Returns the files with verdicts in a cache and when each was written: a run that reads a history anew writes them. */
function verdictsIn(cache: string): readonly string[] {
  return globSync('dephygiene/**', { cwd: cache })
    .filter((path) => !path.includes('code') && statSync(join(cache, path)).isFile())
    .map((path) => `${path} ${statSync(join(cache, path)).mtimeMs}`)
    .sort();
}
