import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BUN_LOCK, readBun } from './bun-lock.ts';

describe('reach', () => {
  test('is that of the ways from the importers', () => {
    const lock = readBun(BUN_LOCK);
    const reach = (key: string) => {
      const { dev, optional, peer } = lock.entry(key)!;
      return [dev && 'dev', optional && 'optional', peer && 'peer'].filter(Boolean).join(' ');
    };
    assert.deepEqual(
      [
        'debug',
        'debug/ms',
        '@s/other/debug/ms',
        'member/ms',
        'esbuild',
        '@esbuild/linux-x64',
        'fsevents',
        'react',
        'loose-envify',
        'wrappy',
      ].map((key) => [key, reach(key)]),
      [
        ['debug', ''],
        ['debug/ms', ''],
        ['@s/other/debug/ms', ''],
        ['member/ms', ''],
        ['esbuild', 'dev'],
        ['@esbuild/linux-x64', 'dev optional'],
        ['fsevents', 'optional'],
        ['react', 'peer'],
        ['loose-envify', 'peer'],
        ['wrappy', ''],
      ],
    );
  });

  /** Returns a lock of one importer; packages by name with the sections of their info. */
  function lockOf(root: object, packages: Readonly<Record<string, object>>) {
    const tuples = Object.entries(packages).map(([name, info]) => [name, [`${name}@1.0.0`, '', info, '']]);
    return readBun(
      JSON.stringify({
        lockfileVersion: 1,
        workspaces: { '': { name: 'r', ...root } },
        packages: Object.fromEntries(tuples),
      }),
    );
  }

  test('a package that a development and an optional way lead to is optional, as npm has it', () => {
    const lock = lockOf(
      { devDependencies: { a: '1' }, optionalDependencies: { b: '1' } },
      { a: { dependencies: { c: '1' } }, b: { dependencies: { c: '1' } }, c: {} },
    );
    assert.deepEqual([lock.entry('c')?.dev, lock.entry('c')?.optional], [false, true]);
  });

  test('an optional peer is optional; one plain way is enough for none of it', () => {
    const info = { peerDependencies: { p: '1', q: '1' }, optionalPeers: ['p', 'q'] };
    const lock = lockOf({ dependencies: { a: '1', q: '1' } }, { a: info, p: {}, q: {} });
    assert.deepEqual([lock.entry('p')?.peer, lock.entry('p')?.optional], [true, true]);
    assert.deepEqual([lock.entry('q')?.peer, lock.entry('q')?.optional], [false, false]);
  });

  test('rings end, and what nothing leads to has no reach', () => {
    const lock = lockOf(
      { devDependencies: { a: '1' } },
      { a: { dependencies: { b: '1' } }, b: { dependencies: { a: '1' } }, lost: {} },
    );
    assert.deepEqual([lock.entry('b')?.dev, lock.entry('lost')?.dev], [true, false]);
  });
});
