import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { PUBLIC_REGISTRY } from '../../server/generated/npm-defaults.ts';
import { FORMATS } from './lockfile-histories.ts';
import { type Ended, makeProject, runCli } from './run-cli.ts';
import { type Found, history, incident, lockfile, type Searched } from './run-incident.ts';

describe('a bad version in every format', () => {
  for (const [file, format, text] of FORMATS) {
    test(`${file}, ${format}: enters and leaves`, () => {
      const own = history();
      own.write(`app/${file}`, text({ evil: '6.6.5', '@scope/core': '1.0.0' }));
      own.write('app/package.json', '{ "name": "app", "dependencies": { "evil": "^6.6.6" } }\n');
      own.commit();
      own.write(`app/${file}`, text({ evil: '6.6.6', '@scope/core': '1.0.0' }));
      const entered = own.commit();
      own.write(`app/${file}`, text({ evil: '6.6.7', '@scope/core': '6.6.6' }));
      const left = own.commit();
      const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history']);
      assert.equal(code, 1);
      const [{ verdict, findings, notRead }] = repositories as [Searched];
      assert.equal(verdict, 'was-hit');
      assert.deepEqual(notRead, []);
      const [found] = findings as [Found];
      assert.equal(findings.length, 1);
      assert.equal(found.lockfile, `app/${file}`);
      assert.deepEqual(
        found.events.map(({ type, commit, branches }) => [type, commit, branches]),
        [
          ['entered', entered, ['main']],
          ['left', left, ['main']],
        ],
      );
      assert.deepEqual(found.dependencyPath, ['', 'evil']);
      assert.equal(found.development, false);
      const script = { 'version 3': true, 'version 5': false }[format];
      assert.equal(found.installScript, script ?? null);
      assert.deepEqual(found.now, []);
    });
  }

  test('several packages and versions in one question are all searched', () => {
    const own = history();
    own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
    own.commit();
    for (const question of [
      'evil@1.0.0,6.6.6',
      'evil@1.0.0, 6.6.6',
      'other@1.0.0, 2.0.0 evil@6.6.6',
      'other@1.0.0,evil@6.6.6',
      'evil: 1.0.0, 6.6.6',
    ])
      assert.equal(incident([question, own.directory]).repositories[0]!.verdict, 'hit-now', question);
    assert.equal(incident(['evil@1.0.0, 1.0.1', own.directory]).repositories[0]!.verdict, 'not-hit');
  });

  test('says nothing of other versions, other packages and packages from elsewhere', () => {
    const own = history();
    for (const [file, format, text] of FORMATS) {
      own.write(
        `${format}/${file}`,
        text({ evil: '6.6.5', 'evil-6.6.6': '1.0.0', other: '6.6.6', '@x/evil': '6.6.6' }),
      );
    }
    own.commit();
    const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history']);
    assert.equal(code, 0);
    assert.equal(repositories[0]!.verdict, 'not-hit');
    assert.equal(repositories[0]!.lockfiles, 2 * FORMATS.length);
  });
});

test('a version that a workspace member needs in production is not for development only', () => {
  const own = history();
  const [file, , text] = FORMATS[2]!;
  own.write(file, text({ evil: '6.6.6' }));
  own.write(
    'package.json',
    '{ "name": "shop", "private": true, "workspaces": ["packages/*"], "devDependencies": { "evil": "^6.6.6" } }',
  );
  own.write('packages/api/package.json', '{ "name": "api", "dependencies": { "evil": "^6.6.6" } }');
  own.commit();
  for (const options of [['--history'], []]) {
    const [{ findings }] = incident(['evil@6.6.6', own.directory, ...options]).repositories as [Searched];
    assert.equal(findings[0]!.development, false, options.join());
  }
  own.write('packages/api/package.json', '{ "name": "api" }');
  const [{ findings }] = incident(['evil@6.6.6', own.directory]).repositories as [Searched];
  assert.equal(findings[0]!.development, false, 'as committed');
});

describe('where a bad version is', () => {
  const own = history();
  own.write('package-lock.json', lockfile({ evil: '6.6.5' }));
  own.write(
    '.github/workflows/ci.yml',
    'on: push\njobs:\n  build:\n    steps:\n      - run: npm ci\n      - run: npx evil\n',
  );
  own.write('Dockerfile', 'FROM node:24\nCOPY . .\nRUN yarn install\n');
  own.commit();
  own.git('checkout', '--quiet', '-b', 'feature');
  own.write('package-lock.json', lockfile({ evil: '6.6.6' }));
  const entered = own.commit();
  own.git('checkout', '--quiet', 'main');
  own.write('readme', 'x');
  own.commit();
  own.git('merge', '--quiet', '--no-ff', '--message=merge', 'feature');
  const merged = own.git('rev-parse', 'HEAD');
  own.git('mv', 'package-lock.json', 'npm-shrinkwrap.json');
  const moved = own.commit();

  test('the working tree and HEAD are read without --history', () => {
    const { code, repositories } = incident(['evil@6.6.6', own.directory]);
    assert.equal(code, 1);
    const [found] = repositories[0]!.findings as [Found];
    assert.deepEqual([found.lockfile, found.now], ['npm-shrinkwrap.json', ['working tree', 'HEAD']]);
    assert.deepEqual(found.jobs, [
      { path: '.github/workflows/ci.yml', job: 'build', command: 'npm ci', isFrozen: true },
    ]);
  });

  test('branches, merges and moves are events', () => {
    const { repositories } = incident(['evil@6.6.6', own.directory, '--history']);
    const [{ verdict, findings }] = repositories as [Searched];
    assert.equal(verdict, 'hit-now');
    const [shrinkwrap, lock] = findings as [Found, Found];
    assert.deepEqual(shrinkwrap.now, ['working tree', 'HEAD', 'main']);
    assert.deepEqual(lock.now, ['feature']);
    assert.deepEqual(
      lock.events.map(({ type, commit, merge, moved: to, branches }) => [type, commit, merge, to, branches]),
      [
        ['entered', entered, false, null, ['feature', 'main']],
        ['entered', merged, true, null, ['main']],
        ['left', moved, false, 'npm-shrinkwrap.json', ['main']],
      ],
    );
    assert.equal(lock.to, null);
  });

  test('all formats are written', () => {
    const run = (format: string): Ended =>
      runCli(['incident', 'evil@6.6.6', own.directory, '--history', '--format', format]);
    const text = run('text').out;
    assert.match(text, /one: hit now, since \d+ \w+ 2026/);
    assert.match(text, /^1\. Take it off the network/m);
    for (const line of text.split('\n')) assert.ok(line.length <= 80 || line.includes(own.directory), line);
    const clean = history('two');
    clean.write('package-lock.json', lockfile({ evil: '6.6.5' }));
    clean.commit();
    const both = runCli(['incident', 'evil@6.6.6', clean.directory, own.directory, makeProject({})]).out;
    assert.match(both, /^Incident evil@6\.6\.6\n3 repositories: 1 hit now, 1 unknown, 1 not hit\.\n/);
    assert.match(both, /\n\nNot hit in \S+: two\n\n[^\n]+: unknown, .+\n\n[^\n]+one: hit now/s);
    assert.match(run('markdown').out, /^### evil 6\.6\.6 in npm-shrinkwrap\.json$/m);
    const rows = run('csv').out.trimEnd().split('\n');
    assert.equal(rows.length, 3);
    for (const row of rows) assert.equal(row.split(',').length, 18, row);
  });
});

describe('installed copies', () => {
  test('of the record that npm keeps of node_modules are hits without any lockfile', () => {
    const directory = makeProject({
      'package.json': { name: 'shop' },
      'node_modules/.package-lock.json': {
        lockfileVersion: 3,
        packages: { 'node_modules/evil': { version: '6.6.6' } },
      },
    });
    const { code, repositories } = incident(['evil@6.6.6', directory]);
    assert.equal(code, 1);
    const [found] = repositories[0]!.findings as [Found];
    assert.deepEqual([found.lockfile, found.now], ['node_modules/.package-lock.json', ['node_modules']]);
  });

  test('of node_modules and of the caches of Yarn and npm are found by name', () => {
    const home = makeProject({});
    const directory = makeProject({
      'yarn.lock': FORMATS[2]![2]({ '@scope/evil': '6.6.6' }),
      'node_modules/@scope/evil/package.json': { name: '@scope/evil', version: '6.6.6' },
      '.yarn/cache/@scope-evil-npm-6.6.6-0123456789-abcdef0123.zip': '',
    });
    const { repositories } = incident(['@scope/evil@6.6.6', directory], { HOME: home });
    const [found] = repositories[0]!.findings as [Found];
    assert.deepEqual(
      found.installed.map(({ place }) => place),
      ['node_modules', 'cache'],
    );
  });

  test("of npm's cache do not say that a repository has the version now", () => {
    const home = makeProject({});
    const own = history();
    for (const version of ['6.6.6', '6.6.7']) {
      own.write('package-lock.json', lockfile({ evil: version }));
      own.commit();
    }
    const key = `make-fetch-happen:request-cache:${PUBLIC_REGISTRY}evil/-/evil-6.6.6.tgz`;
    const hash = createHash('sha256').update(key).digest('hex');
    const folder = join(home, '.npm/_cacache/index-v5', hash.slice(0, 2), hash.slice(2, 4));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, hash.slice(4)), `\n0\t${JSON.stringify({ key, integrity: 'sha512-A' })}\n`);
    const { repositories } = incident(['evil@6.6.6', own.directory, '--history'], { HOME: home });
    const [{ verdict, findings }] = repositories as [(typeof repositories)[0]];
    assert.deepEqual(
      [verdict, findings[0]!.installed.map(({ place, shared }) => [place, shared])],
      ['was-hit', [['cache', true]]],
    );
  });
});

describe('the question', () => {
  const own = history();
  own.write(
    'package-lock.json',
    lockfile({ 'eslint-config-prettier': '10.1.6', chalk: '5.6.1', lodash: '4.17.20' }),
  );
  own.commit();
  const hits = (question: string) =>
    incident([question, own.directory]).repositories[0]!.findings.map(
      (each) => `${each.package}@${each.packageVersion}`,
    );

  test('is an id, an incident, a package or a range', () => {
    assert.deepEqual(hits('jounqin-phishing'), ['eslint-config-prettier@10.1.6']);
    assert.deepEqual(hits('cve-2025-54313'), ['eslint-config-prettier@10.1.6']);
    assert.deepEqual(hits('chalk'), ['chalk@5.6.1']);
    assert.deepEqual(hits('lodash@<4.17.21'), ['lodash@4.17.20']);
    assert.deepEqual(hits('lodash@*'), ['lodash@4.17.20']);
  });

  test('names the versions, and decides on the steps', () => {
    const text = (question: string) => runCli(['incident', question, own.directory]).out;
    const vulnerable = text('lodash@<4.17.22');
    assert.match(vulnerable, /^Incident lodash@<4\.17\.22\n/);
    assert.match(vulnerable, /Next steps\nUpdate to a version that is not affected, and deploy it\.\n$/);
    const malware = text('chalk');
    assert.match(malware, /^Incident chalk: chalk .*5\.6\.1/);
    assert.match(
      malware,
      /Next steps\nIf a machine has installed the version, treat it as compromised:\n1\. /,
    );
    own.write('package-lock.json', lockfile({ 'not-known-anywhere': '1.0.0' }));
    const unknown = text('not-known-anywhere@1.0.0');
    assert.match(unknown, /Next steps\nUpdate to .*No advisory[\s\S]*compromised:\n1\. Take it off/);
  });

  test('is a file of OSV records or a list, compressed or not', () => {
    const record = (id: string, name: string, version: string) => ({
      id,
      affected: [{ package: { ecosystem: 'npm', name }, versions: [version] }],
    });
    const records = [record('MAL-2026-1', 'chalk', '5.6.1'), record('MAL-2026-2', 'lodash', '4.17.20')];
    const folder = makeProject({
      'one.json': records[0]!,
      'list.json': records,
      'lines.ndjson': records.map((each) => JSON.stringify(each)).join('\n'),
      'table.csv': 'name,version,published,removed\nchalk,5.6.1,2026-01-01,2026-01-02\nlodash,4.17.20,,\n',
      'plain.txt': 'chalk@5.6.1\nlodash@4.17.20\n',
    });
    writeFileSync(join(folder, 'lines.ndjson.gz'), gzipSync(readFileSync(join(folder, 'lines.ndjson'))));
    for (const name of readdirSync(folder)) {
      const expected = name === 'one.json' ? ['chalk@5.6.1'] : ['chalk@5.6.1', 'lodash@4.17.20'];
      assert.deepEqual(hits(join(folder, name)), expected, name);
    }
  });

  test('that cannot be answered is one line', () => {
    const folder = makeProject({ 'empty.csv': 'name,version\n', 'broken.gz': '\u001f\u008b broken' });
    for (const question of [
      ...[
        '',
        'MAL-0000-1',
        'lodash@latest',
        'no-such-package-known',
        join(folder, 'empty.csv'),
        join(folder, 'broken.gz'),
      ],
    ]) {
      const { code, out, error } = runCli(
        ['incident', ...(question === '' ? [] : [question]), own.directory].slice(0, question === '' ? 1 : 2),
      );
      assert.equal(code, 2, question);
      assert.equal(out, '');
      assert.match(error, /^dephygiene: [^\n]+[.?]\n$/);
    }
    const errorOf = (question: string) => runCli(['incident', question, own.directory]).error;
    assert.match(errorOf('./none.csv'), /^dephygiene: there is no file \.\/none\.csv; /);
    assert.match(
      errorOf('shai-hulud'),
      /no incident is called shai-hulud here; give .*shai-hulud-1, shai-hulud-2/,
    );
  });
});

test('a pipe of the result ends with the exit code', () => {
  const own = history();
  own.commit();
  const out = execFileSync(
    process.execPath,
    [join(import.meta.dirname, '../../dist/cli.js'), 'incident', 'evil@1.0.0', own.directory],
    {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: makeProject({}) },
    },
  );
  assert.match(out, /not hit/);
});
