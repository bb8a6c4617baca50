import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

const GHSA = 'GHSA-xvch-5gv4-984h';

/** Creates a project with minimist in a version with a well-known vulnerability, which is in the bundled data. */
function project(more: Readonly<Record<string, string | object>> = {}, dev = false): string {
  const section = dev ? 'devDependencies' : 'dependencies';
  const manifest = { name: 'shop', [section]: { minimist: '1.2.5' } };
  return makeProject({
    'package.json': manifest,
    'package-lock.json': {
      name: 'shop',
      lockfileVersion: 3,
      packages: {
        '': manifest,
        'node_modules/minimist': { version: '1.2.5', integrity: 'sha512-x', ...(dev ? { dev: true } : {}) },
      },
    },
    ...more,
  });
}

const accepted = (entry: object) => ({
  'dependency-hygiene.json': {
    ignores: [{ rule: 'vulnerable-dependency', reason: 'x', expires: '2999-01-01', ...entry }],
  },
});

describe('dephygiene audit', () => {
  test('says which packages make one worse than its own advisories are', () => {
    const manifest = { name: 'shop', dependencies: { fstream: '1.0.11' } };
    const entry = (version: string, dependencies: object = {}) => ({
      version,
      integrity: 'sha512-x',
      dependencies,
    });
    const folder = makeProject({
      'package.json': manifest,
      'package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        packages: {
          '': manifest,
          'node_modules/fstream': entry('1.0.11', { mkdirp: '0.5.1' }),
          'node_modules/mkdirp': entry('0.5.1', { minimist: '0.0.8' }),
          'node_modules/minimist': entry('0.0.8'),
        },
      },
    });
    assert.match(
      runCli(['audit', '--offline', folder]).out,
      /^fstream {2}critical, a direct dependency \(depends on vulnerable mkdirp\)$/m,
    );
  });

  test('names the version of a major update that check offers', () => {
    const manifest = { name: 'shop', devDependencies: { esbuild: '^0.19.8' } };
    const folder = makeProject({
      'package.json': manifest,
      'package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        packages: {
          '': manifest,
          'node_modules/esbuild': { version: '0.19.8', integrity: 'sha512-x', dev: true },
        },
      },
    });
    assert.match(runCli(['audit', '--offline', folder]).out, /\n {2}fixed in 0\.25\.0, a major update\n/);
    assert.match(runCli(['check', '--offline', folder]).out, /esbuild → \^0\.25\.0 \(major;/);
  });

  test('tells what npm audit --json tells, from bundled data', () => {
    const { code, out, error } = runCli(['audit', project(), '--json']);
    const { auditReportVersion, vulnerabilities, metadata, sources } = JSON.parse(out);
    assert.deepEqual([code, error, auditReportVersion], [1, '', 2]);
    assert.deepEqual(Object.keys(vulnerabilities), ['minimist']);
    const { via, nodes, isDirect, severity } = vulnerabilities.minimist;
    assert.ok(via.some(({ url }: { url: string }) => url === `https://github.com/advisories/${GHSA}`));
    assert.deepEqual([nodes, isDirect, severity], [['node_modules/minimist'], true, 'critical']);
    assert.equal(metadata.vulnerabilities.critical, 1);
    assert.equal(metadata.dependencies.total, 1);
    assert.equal(sources[0].source, 'bundled');
  });

  test('tells people the same', () => {
    const { code, out } = runCli(['audit', project()]);
    assert.equal(code, 1);
    assert.match(out, /^minimist {2}critical, a direct dependency\n/);
    assert.match(out, new RegExp(GHSA));
    assert.match(out, /\nNot checked: registry advisories for 1 package \(not asked without --trust\)\n/);
    assert.match(out, /\nData: advisories of /);
  });

  test('lists three advisories of a package, all with --verbose, and keeps their titles', () => {
    const locked = { 'node_modules/tar': { version: '6.2.1', integrity: 'sha512-x' } };
    const manifest = { name: 'shop', dependencies: { tar: '6.2.1' } };
    const folder = makeProject({
      'package.json': manifest,
      'package-lock.json': { name: 'shop', lockfileVersion: 3, packages: { '': manifest, ...locked } },
    });
    const few = runCli(['audit', folder]).out;
    const left = Number(/^ {2}and (\d+) more; list all with --verbose$/m.exec(few)?.[1]);
    assert.ok(left > 0, few);
    assert.match(few, /^ {2}node-tar: /m);
    const all = runCli(['audit', folder, '--verbose']).out;
    const count = (text: string) => text.match(/\((?:GHSA|CVE)-/g)?.length ?? 0;
    assert.equal(count(few.replace(/\s+/g, ' ')), 3);
    assert.equal(count(all.replace(/\s+/g, ' ')), left + 3);
  });

  test('the level decides the exit code and nothing else', () => {
    const folder = project();
    assert.equal(runCli(['audit', folder, '--level', 'critical']).code, 1);
    const none = runCli(['audit', folder, '--level', 'none', '--json']);
    assert.deepEqual([none.code, Object.keys(JSON.parse(none.out).vulnerabilities)], [0, ['minimist']]);
    const wrong = runCli(['audit', folder, '--level', 'medium']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.error, /use one of info, low, moderate, high, critical, none\./);
  });

  test('--production leaves development dependencies out', () => {
    const folder = project({}, true);
    assert.equal(runCli(['audit', folder]).code, 1);
    assert.equal(runCli(['audit', folder, '--production']).code, 0);
  });

  test('what is accepted is left out, and counted', () => {
    const folder = project(accepted({ package: 'minimist' }));
    const { code, out } = runCli(['audit', folder, '--json']);
    const { vulnerabilities, accepted: count } = JSON.parse(out);
    assert.deepEqual([code, vulnerabilities], [0, {}]);
    assert.ok(count >= 1);
    const expired = project(accepted({ package: 'minimist', expires: '2020-01-01' }));
    assert.equal(runCli(['audit', expired]).code, 1);
  });

  test('what pnpm is told to ignore is left out, and malware is not', () => {
    const folder = (ignored: string) =>
      makeProject({
        'package.json': {
          name: 'shop',
          packageManager: 'pnpm@12.21.0',
          dependencies: { minimist: '0.2.3', axios: '1.14.1' },
        },
        'pnpm-workspace.yaml': `audit:\n  ignore: [${ignored}]\n`,
        'pnpm-lock.yaml': `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      axios: { specifier: 1.14.1, version: 1.14.1 }
      minimist: { specifier: 0.2.3, version: 0.2.3 }
packages:
  axios@1.14.1: { resolution: { integrity: sha512-x } }
  minimist@0.2.3: { resolution: { integrity: sha512-x } }
snapshots:
  axios@1.14.1: {}
  minimist@0.2.3: {}
`,
      });
    const reported = (ignored: string) => {
      const { out } = runCli(['audit', folder(ignored), '--json']);
      const { vulnerabilities, ignored: count } = JSON.parse(out);
      return [Object.keys(vulnerabilities), count];
    };
    assert.deepEqual(reported('GHSA-vh95-rmgr-6w4m'), [['axios', 'minimist'], 0]);
    assert.deepEqual(reported(`${GHSA}, GHSA-fw8c-xr5c-95f9`), [['axios'], 1]);
  });

  test('sources are chosen, and one that does not answer is never clean', () => {
    const folder = project({ '.npmrc': 'registry=http://127.0.0.1:9/\n' });
    const alone = runCli(['audit', folder, '--trust', '--advisories', 'registry']);
    assert.equal(alone.code, 2);
    assert.match(alone.error, /no source of advisories answered/);
    const clean = project({ '.npmrc': 'registry=http://127.0.0.1:9/\n' }, true);
    const asked = ['audit', clean, '--trust', '--production'];
    const { code, out, error } = runCli(asked);
    assert.equal(code, 2);
    assert.match(out, /Not checked: /);
    assert.match(error, /gave no usable answer, so there may be more/);
    assert.equal(runCli([...asked, '--advisories', 'bundled']).code, 0);
    assert.equal(runCli(['audit', folder, '--trust']).code, 1);
    assert.equal(runCli(['audit', folder, '--advisories', 'npm']).code, 2);
  });

  test('of a member the project around it, and of a folder of projects the names of these', () => {
    const folder = project({ 'packages/a/package.json': { name: 'a' } });
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const root = project({
      'package.json': { ...manifest, workspaces: ['packages/*'] },
      'packages/a/package.json': { name: 'a' },
      '.git/HEAD': 'ref: refs/heads/main\n',
    });
    assert.equal(runCli(['audit', join(root, 'packages/a'), '--json']).code, 1);
    const above = makeProject({ 'one/package.json': { name: 'one' }, 'two/package.json': { name: 'two' } });
    const { code, error } = runCli(['audit', above]);
    assert.equal(code, 2);
    assert.match(
      error,
      /has no package\.json; give the directory of a project below it, such as one, two\.\n$/,
    );
  });

  test('without a lockfile, or with one that cannot be read, it says so', () => {
    const none = runCli(['audit', makeProject({ 'package.json': { name: 'shop' } })]);
    assert.deepEqual([none.code, none.out], [2, '']);
    assert.match(none.error, /no lockfile found/);
    const broken = runCli(['audit', project({ 'package-lock.json': 'nothing' })]);
    assert.deepEqual([broken.code, broken.out], [2, '']);
    assert.match(broken.error, /package-lock\.json cannot be read: /);
  });
});
