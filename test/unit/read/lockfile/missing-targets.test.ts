import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import { readBun } from './bun-lock.ts';
import { printLock, readLock } from './npm-lock.ts';
import { readV1 } from './npm-v1-lock.ts';
import { readPnpm, VERSION_9 } from './pnpm-lock.ts';
import { CLASSIC, readYarn } from './yarn-lock.ts';

const A = { version: '1.0.0', dependencies: { b: '^2.0.0' } };
const B = { version: '2.0.0' };

describe('a dependency that leads nowhere in a package-lock', () => {
  test('makes it partial, and is named with its place', () => {
    const text = printLock({ '': { dependencies: { a: '1' } }, 'node_modules/a': A });
    const lock = readLock(text);
    assert.equal(lock.status, 'partial');
    assert.equal(
      lock.reason,
      'Line 15: a@1.0.0 depends on b, which is not in this file; 1 of 1 entries read.',
    );
    const [problem] = lock.problems;
    assert.equal(problem?.kind, 'missing');
    assert.equal(text.slice(problem.span.start, problem.span.end), '"b"');
  });

  const partial: Readonly<Record<string, object>> = {
    'of the project': { '': { dependencies: { b: '1' } } },
    'for development, of the project': { '': { devDependencies: { b: '1' } } },
    'of a member': { 'packages/m': { devDependencies: { b: '1' } } },
    'that lies in the folder of another package': {
      'node_modules/a': A,
      'node_modules/c/node_modules/b': B,
    },
    'that lies below the package, and not beside it': {
      'node_modules/a': A,
      'node_modules/a/node_modules/c': { version: '1.0.0', dependencies: { d: '1' } },
      'node_modules/a/node_modules/c/node_modules/b': B,
      'node_modules/a/node_modules/d': B,
    },
    'of a package whose name is escaped': { 'node_modules/\\u0061': A },
    'that has a longer name': { 'node_modules/a': A, 'node_modules/bb': B },
    'of a package with optional ones as well': {
      'node_modules/a': { ...A, optionalDependencies: { c: '1' }, peerDependencies: { d: '1' } },
    },
    'with the name of a member of all objects': {
      'node_modules/a': { version: '1.0.0', dependencies: { toString: '1' } },
    },
  };
  for (const [name, packages] of Object.entries(partial)) {
    test(name, () => {
      const lock = readLock(printLock(packages));
      assert.equal(lock.status, 'partial');
      assert.match(
        lock.reason ?? '',
        /depends on (?:b|toString), which is not in this file; \d of \d entries/,
      );
      assert.equal(lock.problems.length, 1);
    });
  }

  const checked: Readonly<Record<string, object>> = {
    'that is optional': { 'node_modules/a': { version: '1.0.0', optionalDependencies: { b: '1' } } },
    'that is optional and appears twice': { 'node_modules/a': { ...A, optionalDependencies: { b: '1' } } },
    'that is a peer': { 'node_modules/a': { version: '1.0.0', peerDependencies: { b: '1' } } },
    'that its package has in itself': { 'node_modules/a': { ...A, bundleDependencies: ['b'] } },
    'of a package with all of them in itself': { 'node_modules/a': { ...A, bundleDependencies: true } },
    'of a package that lies in another one': {
      'node_modules/c': { version: '1.0.0', bundleDependencies: ['a'] },
      'node_modules/c/node_modules/a': { ...A, inBundle: true },
    },
    'of a package with a shrinkwrap': { 'node_modules/a': { ...A, hasShrinkwrap: true } },
    'of what lies in a package with a shrinkwrap': {
      'node_modules/c': { version: '1.0.0', hasShrinkwrap: true },
      'node_modules/c/node_modules/a': A,
    },
    'of a member that is gone': { 'packages/m': { extraneous: true, dependencies: { b: '1' } } },
    'of a folder outside of the project': {
      '../m': { dependencies: { b: '1' }, devDependencies: { c: '1' } },
    },
    'for development, of a package': { 'node_modules/a': { version: '1.0.0', devDependencies: { b: '1' } } },
    'that is in the folder of the package': { 'node_modules/a': A, 'node_modules/a/node_modules/b': B },
    'that is in a folder around it': {
      'node_modules/c': B,
      'node_modules/c/node_modules/a': A,
      'node_modules/c/node_modules/b': B,
    },
    'of a member, in its folder': {
      'packages/m': { dependencies: { b: '1' } },
      'packages/m/node_modules/b': B,
    },
    'that is a member': {
      'node_modules/a': A,
      'node_modules/b': { resolved: 'packages/b', link: true },
      'packages/b': { version: '2.0.0' },
    },
    'that is a link to nothing': { 'node_modules/a': A, 'node_modules/b': { resolved: '../b', link: true } },
  };
  for (const [name, packages] of Object.entries(checked)) {
    test(`is none: one ${name}`, () => {
      const lock = readLock(printLock(packages));
      assert.deepEqual([lock.status, lock.reason], ['checked', undefined]);
    });
  }

  test('is not looked for in a file that is broken: what is missing may be what is broken', () => {
    const text = printLock({ 'node_modules/a': A, 'node_modules/b': B }).replace(
      '"node_modules/b": {',
      '"node_mod',
    );
    const lock = readLock(text);
    assert.equal(lock.status, 'partial');
    assert.ok(lock.problems.every(({ kind }) => kind !== 'missing'));
  });

  test('a shrinkwrap may come without development dependencies', () => {
    const text = printLock({ '': { devDependencies: { b: '1' } } });
    assert.equal(readLockfile('file:///npm-shrinkwrap.json', text, 'npm-shrinkwrap').status, 'checked');
    assert.equal(readLock(text).status, 'partial');
  });

  test('very many long paths are looked through for a while only, and it is said', () => {
    const deep = 'node_modules/a/'.repeat(300);
    const names = Array.from({ length: 3000 }, (_, at) => `b${at}`);
    const packages = {
      [`${deep}node_modules/x`]: {
        version: '1.0.0',
        dependencies: Object.fromEntries(names.map((name) => [name, '1'])),
      },
      ...Object.fromEntries(names.map((name) => [`node_modules/a/node_modules/${name}`, B])),
    };
    const lock = readLock(printLock(packages));
    assert.equal(lock.status, 'partial');
    assert.match(lock.reason ?? '', /to look up their dependencies; 3001 of 3001 entries read\.$/);
  });

  test('very many that may be missing take no longer', () => {
    const names = Array.from({ length: 20_000 }, (_, at) => [`b${at}`, '1']);
    const needs = {
      dependencies: Object.fromEntries(names),
      optionalDependencies: Object.fromEntries(names),
    };
    assert.match(readLock(printLock({ 'node_modules/a': needs })).reason ?? '', /nested too deeply/);
    const bun = `{"lockfileVersion": 1, "workspaces": {"": {}}, "packages": {"a": ["a@1.0.0", "", ${JSON.stringify(needs)}, ""]}}`;
    assert.match(readBun(bun).reason ?? '', /nested too deeply/);
  });
});

describe('a dependency that leads nowhere in another format', () => {
  test('package-lock of version 1', () => {
    const lock = (dependencies: object) => readV1(JSON.stringify({ lockfileVersion: 1, dependencies }));
    const needing = { version: '1.0.0', requires: { b: '1' } };
    assert.match(
      lock({ a: needing }).reason ?? '',
      /^Line 1: a@1\.0\.0 depends on b, which is not in this file; 1 of 1/,
    );
    assert.equal(lock({ a: needing, c: { version: '1.0.0', dependencies: { b: B } } }).status, 'partial');
    assert.equal(lock({ a: { ...needing, dependencies: { b: B } } }).status, 'checked');
    assert.equal(lock({ a: needing, b: B }).status, 'checked');
    assert.equal(lock({ a: { ...needing, optional: true } }).status, 'checked');
    assert.equal(lock({ a: { ...needing, bundled: true } }).status, 'checked');
    assert.equal(lock({ a: { version: '1.0.0', requires: true } }).status, 'checked');
  });

  test('bun.lock', () => {
    const lock = (packages: string, root = '') =>
      readBun(
        `{"lockfileVersion": 1, "workspaces": {"": {${root}}, "m": {"name": "m"}}, "packages": {${packages}}}`,
      );
    const a = (info: string) => `"a": ["a@1.0.0", "", {${info}}, "sha512-A=="],`;
    const b = (key: string) => `"${key}": ["b@1.0.0", "", {}, "sha512-B=="],`;
    const needs = '"dependencies": {"b": "1"}';
    assert.match(
      lock(a(needs)).reason ?? '',
      /^Line 1: a@1\.0\.0 depends on b, which is not in this file; 1 of 1/,
    );
    assert.match(
      lock('', needs).reason ?? '',
      /^Line 1: the project depends on b, which is not in this file; 0 of 0/,
    );
    assert.equal(lock('', '"devDependencies": {"b": "1"}').status, 'partial');
    assert.equal(lock(a(needs) + b('c/b')).status, 'partial');
    assert.equal(lock(a(needs) + b('a/b')).status, 'checked');
    assert.equal(lock(a(needs) + b('b')).status, 'checked');
    assert.equal(lock(a('"optionalDependencies": {"b": "1"}')).status, 'checked');
    assert.equal(lock(a('"peerDependencies": {"b": "1"}')).status, 'checked');
    assert.equal(lock(a(`${needs}, "optionalDependencies": {"b": "1"}`)).status, 'checked');
    assert.equal(lock(a(`${needs}, "bundled": true`)).status, 'checked');
  });

  test('yarn.lock', () => {
    const lock = readYarn(
      CLASSIC.replace(/c@\*:\n(?: {2}.*\n)+\n/, '').replaceAll('    c "*"\n', '    d "*"\n'),
    );
    assert.equal(lock.status, 'checked', 'optional ones may be missing');
    const other = readYarn(CLASSIC.replace('    b "^2.0.0"\n', '    bb "^2.0.0"\n'));
    assert.match(
      other.reason ?? '',
      /^Line 11: @s\/a@\^1\.0\.0 depends on bb, which is not in this file; \d+ of \d+/,
    );
    assert.equal(other.problems[0]?.kind, 'missing');
  });

  test('pnpm-lock.yaml', () => {
    const lock = readPnpm(VERSION_9.replace('version: 18.3.1\n', 'version: 18.3.2\n'));
    assert.match(
      lock.reason ?? '',
      /^Line \d+: packages\/member depends on react@18\.3\.2, which is not in this file/,
    );
    assert.equal(lock.problems[0]?.kind, 'missing');
  });
});
