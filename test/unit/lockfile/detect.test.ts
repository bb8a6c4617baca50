import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockfileKindOf, readLockfile } from '../../../server/src/core/lockfile/detect.ts';

test('lockfiles are known by their file names', () => {
  const names = [
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'bun.lock',
    'bun.lockb',
  ];
  assert.deepEqual(names.map(lockfileKindOf), [
    'package-lock',
    'npm-shrinkwrap',
    'yarn',
    'pnpm',
    'bun',
    'bun.lockb',
  ]);
  for (const name of ['package.json', '.package-lock.json', 'Package-lock.json', 'constructor', '']) {
    assert.equal(lockfileKindOf(name), undefined);
  }
});

test('formats that are not read say so', () => {
  for (const kind of ['yarn', 'pnpm', 'bun', 'bun.lockb'] as const) {
    const lock = readLockfile('file:///a', 'anything: [', kind);
    assert.equal(lock.status, 'unsupported');
    assert.match(lock.reason!, /^[A-Za-z].*\.$/);
    assert.equal(lock.format, kind === 'bun.lockb' ? 'bun' : kind);
    assert.deepEqual([lock.entries, lock.entry('a'), lock.resolve('', 'a')], [[], undefined, undefined]);
  }
});
