import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockfileKindOf, readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';

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

test('each format has its reader, which says what it cannot read', () => {
  for (const kind of ['package-lock', 'npm-shrinkwrap', 'yarn', 'pnpm', 'bun', 'bun.lockb'] as const) {
    const lock = readLockfile('file:///a', 'anything: [', kind);
    assert.notEqual(lock.status, 'checked');
    assert.match(lock.reason!, /^[A-Za-z].*\.$/);
    assert.equal(lock.format, kind === 'bun.lockb' ? 'bun' : kind);
    assert.deepEqual([lock.entries, lock.entry('a'), lock.resolve('', 'a')], [[], undefined, undefined]);
  }
  assert.equal(readLockfile('file:///a', '', 'bun.lockb').status, 'unsupported');
});
