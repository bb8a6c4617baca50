import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkJson, MIRROR, makeProject } from './run-cli.ts';

const REGISTRY = 'https://registry.example.test';
const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

describe('an npm lockfile entry without a usable version', () => {
  const manifest = { name: 'shop', version: '1.0.0', dependencies: { minimist: '^1.2.0' } };
  const written = { resolved: `${REGISTRY}/minimist/-/minimist-1.2.8.tgz`, integrity: INTEGRITY };
  const lockWith = (lockfileVersion: number, entry: object) => {
    const packages = { '': manifest, 'node_modules/minimist': entry };
    const nested = { dependencies: { minimist: entry } };
    const both = { packages, ...(lockfileVersion === 2 ? nested : {}) };
    const content = lockfileVersion === 1 ? { ...nested, requires: true } : both;
    return { name: 'shop', version: '1.0.0', lockfileVersion, ...content };
  };
  /** Returns a project for each version, in a folder named by its index. */
  const filesFor = (lockfileVersion: number, versions: readonly unknown[]) => {
    const files = versions.flatMap((version, index) => {
      const entry = version === undefined ? written : { version, ...written };
      const lock = lockWith(lockfileVersion, entry);
      return [
        [`${index}/package.json`, manifest],
        [`${index}/package-lock.json`, lock],
      ] as const;
    });
    const project = makeProject({ ...Object.fromEntries(files), 'dependency-hygiene.json': MIRROR });
    const { files: checked, ...report } = checkJson(project);
    return { ...report, locks: checked.filter(({ path }) => path.endsWith('package-lock.json')) };
  };

  for (const lockfileVersion of [1, 2, 3]) {
    test(`makes the file partly read in lockfileVersion ${lockfileVersion}`, () => {
      const versions = [undefined, null, '', '1.2', 'latest', '^1.2.0', 'x', ' '];
      const { code, locks, findings } = filesFor(lockfileVersion, versions);
      assert.equal(locks.length, versions.length);
      for (const { path, status, reason } of locks) {
        assert.equal(status, 'partial', path);
        assert.match(reason ?? '', /minimist.*; 0 of 1 entries read/);
      }
      const corrupt = findings.filter(({ rule }) => rule === 'lockfile-corrupt');
      assert.equal(corrupt.length, versions.length);
      assert.equal(code, 2);
    });

    test(`a version as npm takes it is one in lockfileVersion ${lockfileVersion}`, () => {
      const versions = ['1.2.8', 'v1.2.8', '1.2.8-rc.1', '1.2.8+build.5', '=1.2.8'];
      const { locks } = filesFor(lockfileVersion, versions);
      assert.deepEqual(
        locks.map(({ status }) => status),
        versions.map(() => 'checked'),
      );
    });
  }

  test('a package from git and a folder need none', () => {
    const dependencies = { a: 'github:o/a', b: 'file:b' };
    const project = makeProject({
      'package.json': { name: 'shop', dependencies },
      'b/package.json': { name: 'b' },
      'package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        packages: {
          '': { name: 'shop', dependencies },
          'node_modules/a': { resolved: `git+ssh://git@host.example.test/o/a.git#${'a'.repeat(40)}` },
          b: {},
          'node_modules/b': { resolved: 'b', link: true },
        },
      },
    });
    const lockfile = checkJson(project).files.find(({ path }) => path === 'package-lock.json');
    assert.equal(lockfile?.status, 'checked');
  });
});

test('a hash is missing only where an entry has a URL: without one npm takes the hash from the registry', () => {
  const dependencies = { minimist: '^1.2.0', once: '^1.4.0', wrappy: '^1.0.0', ms: '^2.0.0' };
  const bare = (version: string) => ({ version });
  const url = (name: string, version: string) => `${REGISTRY}/${name}/-/${name}-${version}.tgz`;
  for (const lockfileVersion of [1, 3]) {
    const entries = {
      minimist: bare('1.2.8'),
      once: { version: '1.4.0', resolved: url('once', '1.4.0') },
      wrappy: { version: '1.0.2', resolved: url('wrappy', '1.0.2'), integrity: INTEGRITY },
      ms: { version: '2.1.3', resolved: '' },
    };
    const keyed = Object.entries(entries).map(([name, entry]) => [`node_modules/${name}`, entry]);
    const packages = { '': { name: 'shop', dependencies }, ...Object.fromEntries(keyed) };
    const content = lockfileVersion === 1 ? { dependencies: entries } : { packages };
    const { findings } = checkJson(
      makeProject({
        'package.json': { name: 'shop', dependencies },
        'package-lock.json': { name: 'shop', lockfileVersion, ...content },
        'dependency-hygiene.json': MIRROR,
      }),
    );
    const missing = findings.filter(({ rule }) => rule === 'lockfile-integrity-missing');
    assert.deepEqual(
      missing.map(({ package: name }) => name),
      ['once'],
      `lockfileVersion ${lockfileVersion}`,
    );
  }
});

test('a file of npm 7 and later with nested dependencies only is read as npm reads it', () => {
  const dependencies = { minimist: '^1.2.0' };
  const minimist = {
    version: '1.2.8',
    resolved: `${REGISTRY}/minimist/-/minimist-1.2.8.tgz`,
    integrity: INTEGRITY,
  };
  for (const lockfileVersion of [2, 3]) {
    const { files, findings } = checkJson(
      makeProject({
        'package.json': { name: 'shop', dependencies, packageManager: 'npm@11.19.1' },
        'package-lock.json': { name: 'shop', lockfileVersion, dependencies: { minimist } },
        'dependency-hygiene.json': MIRROR,
      }),
    );
    const lockfile = files.find(({ path }) => path === 'package-lock.json');
    assert.deepEqual([lockfile?.status, lockfile?.entries], ['checked', { read: 1, total: 1 }]);
    assert.ok(!findings.some(({ rule }) => rule === 'lockfile-corrupt'));
  }
});

test('a folder inside of a package that a link leads to is no package', () => {
  const lockWith = (links: object) => ({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', dependencies: { m: 'file:../m', o: 'file:../m/node_modules/n/o' } },
      '../m': { version: '1.0.0', dependencies: { n: '1.0.0' } },
      '../m/node_modules/n': {
        version: '1.0.0',
        resolved: `${REGISTRY}/n/-/n-1.0.0.tgz`,
        integrity: INTEGRITY,
      },
      '../m/node_modules/n/o': { name: 'o', version: '1.0.0' },
      'node_modules/m': { resolved: '../m', link: true },
      ...links,
    },
  });
  const rules = (links: object) =>
    checkJson(
      makeProject({
        'package.json': { name: 'shop', dependencies: { m: 'file:../m' } },
        'package-lock.json': lockWith(links),
        'dependency-hygiene.json': MIRROR,
      }),
    ).findings.map(({ rule }) => rule);
  const linked = rules({ 'node_modules/o': { resolved: '../m/node_modules/n/o', link: true } });
  assert.ok(
    !linked.includes('lockfile-corrupt') && !linked.includes('lockfile-entry-mismatch'),
    linked.join(),
  );
  assert.ok(rules({}).includes('lockfile-corrupt'));
});
