import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { JsonReport } from '../../server/src/core/show/report/check/json.ts';
import { CLI, makeProject } from '../cli/run-cli.ts';
import { startBuiltServer } from './support/built-server.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { runCliBeside } from './support/run-async.ts';

const DAY = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

const DOMINIC = { name: 'dominic', email: 'd@dominic.example.test' };
const RIGHT9 = { name: 'right9', email: 'right9@mail.example.test' };
const RULES = [
  'install-script-unreviewed',
  'publisher-changed',
  'dependency-added-in-patch',
  'new-package',
  'version-unavailable',
];

const FILLERS = Array.from({ length: 160 }, (_, at) => `filler-${at}`);
const PACKAGES = [
  pack('app', { '1.0.0': { at: daysAgo(400) } }),
  ...FILLERS.map((name) => pack(name, { '1.0.0': { at: daysAgo(400) } })),
  pack('taken-over', {
    '1.0.0': { at: daysAgo(400), by: DOMINIC },
    '1.0.1': { at: daysAgo(300), by: DOMINIC },
    '1.0.2': { at: daysAgo(200), by: DOMINIC },
    '1.0.3': { at: daysAgo(20), by: RIGHT9 },
  }),
  pack('begun', { '1.0.0': { at: daysAgo(9) }, '1.0.1': { at: daysAgo(5) } }),
  pack('old-and-gone', { '1.0.0': { at: daysAgo(400) } }, { removed: { '1.1.0': '2025-06-01' } }),
  pack('scripted', { '1.0.0': { at: daysAgo(400), scripts: { postinstall: 'node build.js' } } }),
];

/** The packages that `app` pulls in, by name. */
type Transitive = Readonly<Record<string, string>>;

function npmLockfile(transitive: Transitive): string {
  const entry = (version: string, dependencies?: object) => ({
    version,
    ...(dependencies === undefined ? {} : { dependencies }),
  });
  const packages = {
    '': { name: 'shop', dependencies: { app: '^1.0.0' } },
    'node_modules/app': entry('1.0.0', transitive),
    ...Object.fromEntries(
      Object.entries(transitive).map(([name, version]) => [`node_modules/${name}`, entry(version)]),
    ),
  };
  return JSON.stringify({ name: 'shop', lockfileVersion: 3, requires: true, packages }, null, 2);
}

function pnpmLockfile(transitive: Transitive): string {
  const names = ['app', ...Object.keys(transitive)];
  const version = (name: string) => transitive[name] ?? '1.0.0';
  return [
    "lockfileVersion: '9.0'",
    'importers:',
    '  .:',
    '    dependencies:',
    '      app: { specifier: ^1.0.0, version: 1.0.0 }',
    'packages:',
    ...names.map((name) => `  ${name}@${version(name)}:\n    resolution: { integrity: ${HASH} }`),
    'snapshots:',
    `  app@1.0.0:\n    dependencies: ${JSON.stringify(transitive)}`,
    ...Object.entries(transitive).map(([name, at]) => `  ${name}@${at}: {}`),
    '',
  ].join('\n');
}

function yarnLockfile(transitive: Transitive): string {
  const entry = (name: string, version: string) =>
    `${name}@^1.0.0, ${name}@${version}:\n  version "${version}"\n  integrity ${HASH}\n`;
  const dependencies = Object.entries(transitive).map(([name, version]) => `    ${name} "${version}"\n`);
  return [
    '# yarn lockfile v1\n\n',
    `${entry('app', '1.0.0')}  dependencies:\n${dependencies.join('')}\n`,
    ...Object.entries(transitive).map(([name, version]) => `${entry(name, version)}\n`),
  ].join('');
}

const HASH = `sha512-${'A'.repeat(86)}==`;

describe('check, on packages that no manifest declares', () => {
  let registry: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let project: string;

  before(async () => {
    registry = await startRecordedRegistry({ packages: PACKAGES });
    outside = await startOutside();
  });
  beforeEach(() => {
    home = makeHome({ npmrc: `registry=${registry.url}\n`, env: outside.env });
    project = makeProject({
      'package.json': { name: 'shop', private: true, dependencies: { app: '^1.0.0' } },
      'dependency-hygiene.json': { mirrors: [registry.url] },
    });
  });
  afterEach(() => {
    rmSync(home.folder, { recursive: true });
    registry.forget();
    registry.fail('*', undefined);
  });
  after(() => Promise.all([registry.close(), outside.close()]));

  const git = (...args: readonly string[]) => {
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.test'];
    execFileSync('git', [...identity, '-c', 'init.defaultBranch=main', ...args], {
      cwd: project,
      stdio: 'ignore',
    });
  };
  const write = (file: string, text: string) => writeFileSync(path.join(project, file), text);
  const commit = () => {
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message=one');
  };
  const check = async (...flags: readonly string[]) => {
    const args = ['check', project, '--format', 'json', '--fail-on', 'never', '--trust', ...flags];
    const { out, error } = await runCliBeside(args, { cwd: project, env: home.env });
    assert.equal(error, '');
    return JSON.parse(out) as JsonReport;
  };
  const rulesOf = ({ findings }: JsonReport, name: string) =>
    findings.flatMap((finding) =>
      finding.package === name && RULES.includes(finding.rule) ? [finding.rule] : [],
    );
  const unasked = ({ coverage }: JsonReport) =>
    coverage.gaps.filter(({ reason }) => reason === 'not-asked').map(({ subject }) => subject);
  const askedAbout = (name: string) => registry.asked().includes(`GET ${name}`);

  test('judges each one that is new since the base, however many there are', async () => {
    write('package-lock.json', npmLockfile({ scripted: '1.0.0' }));
    commit();
    const fillers = Object.fromEntries(FILLERS.map((name) => [name, '1.0.0']));
    const added = { ...fillers, 'taken-over': '1.0.3', begun: '1.0.0', 'old-and-gone': '1.1.0' };
    write('package-lock.json', npmLockfile({ scripted: '1.0.0', ...added }));
    git('commit', '--quiet', '--all', '--message=two');
    const report = await check('--base', 'HEAD~1');
    assert.deepEqual(rulesOf(report, 'taken-over'), ['publisher-changed']);
    assert.deepEqual(rulesOf(report, 'begun'), ['dependency-added-in-patch']);
    assert.deepEqual(rulesOf(report, 'old-and-gone'), ['version-unavailable']);
    assert.ok(FILLERS.every(askedAbout));
    assert.ok(!askedAbout('scripted'));
    assert.deepEqual(unasked(report), []);
  });

  test('asks about no transitive package of an unchanged lockfile, and with --deep about all', async () => {
    write('package-lock.json', npmLockfile({ 'taken-over': '1.0.3', begun: '1.0.0' }));
    commit();
    const shallow = await check();
    assert.deepEqual([rulesOf(shallow, 'taken-over'), askedAbout('taken-over')], [[], false]);
    const deep = await check('--deep');
    assert.deepEqual(rulesOf(deep, 'taken-over'), ['publisher-changed']);
    assert.deepEqual(rulesOf(deep, 'begun'), ['new-package']);
  });

  test('says that it does not know what is new where the lockfile is in no commit', async () => {
    write('package-lock.json', npmLockfile({ 'taken-over': '1.0.3', begun: '1.0.0' }));
    const report = await check();
    assert.deepEqual(unasked(report), ['2 transitive packages in package-lock.json']);
    assert.ok(!askedAbout('taken-over'));
    const { code, out, error } = await runCliBeside(['check', project, '--trust', '--fail-on-unchecked'], {
      cwd: project,
      env: home.env,
    });
    assert.equal(code, 2);
    assert.match(out + error, /2 transitive packages in package-lock\.json: not asked about/);
    assert.match((out + error).replaceAll(/\s+/g, ' '), /run "dephygiene check --trust --deep"/);
    assert.deepEqual(unasked(await check('--deep')), []);
  });

  for (const [file, lockfileOf, unrecorded, words] of [
    ['pnpm-lock.yaml', pnpmLockfile, 'install scripts', /^scripted 1\.0\.0 has an unreviewed install script/],
    [
      'yarn.lock',
      yarnLockfile,
      'install scripts and command names',
      /^scripted 1\.0\.0 has an install script, and Yarn 1 will run it\. Yarn 1 runs all scripts or none/,
    ],
  ] as const) {
    test(`finds the install scripts that ${file} does not record, and counts those it did not look for`, async () => {
      write(file, lockfileOf({ 'taken-over': '1.0.0' }));
      commit();
      write(file, lockfileOf({ 'taken-over': '1.0.0', scripted: '1.0.0' }));
      const scripts = ({ coverage }: JsonReport) =>
        coverage.gaps.flatMap(({ reason, subject, detail }) =>
          reason === 'not-recorded' ? [`${subject}: ${detail}`] : [],
        );
      const offline = await check('--offline');
      assert.deepEqual(rulesOf(offline, 'scripted'), []);
      assert.deepEqual(scripts(offline), [`${unrecorded} of 3 packages: the lockfile does not record them`]);
      const asked = await check();
      assert.deepEqual(rulesOf(asked, 'scripted'), ['install-script-unreviewed']);
      assert.match(asked.findings.find(({ package: name }) => name === 'scripted')!.message, words);
      assert.deepEqual(scripts(asked), [`${unrecorded} of 1 package: the lockfile does not record them`]);
      const deep = await check('--deep');
      assert.deepEqual(rulesOf(deep, 'scripted'), ['install-script-unreviewed']);
      assert.deepEqual(scripts(deep), []);
    });
  }

  test('an editor judges what is new since the last commit, however much that is', async () => {
    write('package-lock.json', npmLockfile({ scripted: '1.0.0' }));
    commit();
    const fillers = Object.fromEntries(FILLERS.map((name) => [name, '1.0.0']));
    write('package-lock.json', npmLockfile({ scripted: '1.0.0', ...fillers, 'taken-over': '1.0.3' }));
    const server = await startBuiltServer({ project, env: home.env });
    try {
      const lockfile = server.uri('package-lock.json');
      const found = async () =>
        ((await server.client.pull(lockfile)).items ?? []).filter(({ code }) => code === 'publisher-changed');
      await server.client.open(lockfile);
      while ((await found()).length === 0) {
        const before = server.client.refreshes;
        await server.client.until(() => server.client.refreshes > before);
      }
      assert.match(String((await found())[0]!.message), /^taken-over 1\.0\.3 was published by "right9"/);
      assert.ok(!askedAbout('scripted'));
    } finally {
      await server.stop();
    }
  });

  test('--deep needs --trust, and is no use with --offline', async () => {
    for (const flags of [['--deep'], ['--deep', '--trust', '--offline']]) {
      const { code, error } = await runCliBeside(['check', project, ...flags], {
        cwd: project,
        env: home.env,
      });
      assert.equal(code, 2);
      assert.match(error, /--deep asks registries; add --trust/);
    }
  });

  test('--deep can be interrupted, leaves only whole records, and goes on with what is left', async () => {
    write('package-lock.json', npmLockfile(Object.fromEntries(FILLERS.map((name) => [name, '1.0.0']))));
    for (const name of FILLERS.slice(60)) registry.fail(name, { type: 'slow', ms: 1_000 });
    const child = spawn(process.execPath, [CLI, 'check', project, '--trust', '--deep'], {
      cwd: project,
      env: home.env,
      stdio: 'ignore',
    });
    const ended = new Promise<readonly [number | null, string | null]>((resolve) =>
      child.on('close', (code, signal) => resolve([code, signal])),
    );
    while (!askedAbout('filler-70')) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    assert.deepEqual(await ended, [null, 'SIGINT']);
    const files = readdirSync(path.join(home.folder, 'cache'), { recursive: true }).map(String);
    assert.ok(files.some((file) => file.endsWith('.record')));
    assert.deepEqual(
      files.filter((file) => file.endsWith('.tmp')),
      [],
    );
    for (const name of FILLERS) registry.fail(name, undefined);
    registry.forget();
    const report = await check('--deep');
    assert.ok(!askedAbout('filler-1'));
    assert.ok(askedAbout('filler-159'));
    assert.deepEqual(unasked(report), []);
  });
});
