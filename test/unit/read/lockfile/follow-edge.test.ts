import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LockEntry } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { followEdge } from '../../../../server/src/core/read/lockfile/npm/follow-edge.ts';
import type { NpmLockEntry } from '../../../../server/src/core/read/lockfile/npm/npm-lock-entry.ts';
import { BUN_LOCK, readBun } from './bun-lock.ts';
import { printLock, readLock } from './npm-lock.ts';
import { readV1, V1_LOCK } from './npm-v1-lock.ts';

/** Returns the target of each edge of an entry: `name -> key@version`. */
function edgesOf(
  from: LockEntry,
  follow: (edge: LockEntry['edges'][number]) => LockEntry | undefined,
): readonly string[] {
  return from.edges.map((edge) => {
    const to = follow(edge);
    return `${edge.name} -> ${to === undefined ? 'nothing' : `${to.key}@${to.version?.value}`}`;
  });
}

describe('edges of a package-lock with packages', () => {
  const lock = readLock(
    printLock({
      '': { workspaces: ['packages/*'], dependencies: { a: '1', b: '2', member: '*' } },
      'node_modules/a': {
        version: '1.0.0',
        dependencies: { b: '1', c: '1' },
        optionalDependencies: { none: '1' },
        peerDependencies: { b: '*' },
      },
      'node_modules/a/node_modules/b': { version: '1.0.0', dependencies: { a: '1', b: '2' } },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/c': { name: 'real-c', version: '1.5.0' },
      'node_modules/member': { resolved: 'packages/member', link: true },
      'packages/member': { version: '0.1.0', dependencies: { b: '3', c: '1' } },
      'packages/member/node_modules/b': { version: '3.0.0', peerDependencies: { a: '*' } },
    }),
  );
  const byKey = { get: (key: string) => (lock.entry(key) ?? lock.importers.get(key)) as NpmLockEntry };
  const follow = (key: string) => edgesOf(byKey.get(key), (edge) => followEdge(byKey, byKey.get(key), edge));

  test('lead to what Node would load', () => {
    assert.deepEqual(follow('node_modules/a'), [
      'b -> node_modules/a/node_modules/b@1.0.0',
      'c -> node_modules/c@1.5.0',
      'none -> nothing',
      'b -> node_modules/a/node_modules/b@1.0.0',
    ]);
    assert.deepEqual(follow('node_modules/a/node_modules/b'), [
      'a -> node_modules/a@1.0.0',
      'b -> node_modules/a/node_modules/b@1.0.0',
    ]);
  });

  test('of importers lead from their own folder, and through links to members', () => {
    assert.deepEqual(follow(''), [
      'a -> node_modules/a@1.0.0',
      'b -> node_modules/b@2.0.0',
      'member -> packages/member@0.1.0',
    ]);
    assert.deepEqual(follow('packages/member'), [
      'b -> packages/member/node_modules/b@3.0.0',
      'c -> node_modules/c@1.5.0',
    ]);
    assert.deepEqual(follow('packages/member/node_modules/b'), ['a -> node_modules/a@1.0.0']);
  });
});

test('edges of a package-lock of version 1 lead to what is nested in the entry, else in those around it', () => {
  const lock = readV1(V1_LOCK);
  const follow = (key: string) => {
    const from = lock.entry(key)!;
    return edgesOf(from, (edge) => lock.follow(from, edge));
  };
  assert.deepEqual(follow('node_modules/a'), [
    '@s/b -> node_modules/a/node_modules/@s/b@1.5.0',
    'c -> node_modules/c@3.2.0',
  ]);
  assert.deepEqual(follow('node_modules/a/node_modules/@s/b'), [
    'c -> node_modules/c@3.2.0',
    'inside -> node_modules/a/node_modules/inside@0.1.0',
  ]);
  assert.deepEqual(follow('node_modules/dir'), ['a -> node_modules/a@1.1.0']);
});

test('edges of a bun.lock lead to what lies below the entry, else to what lies around it', () => {
  const lock = readBun(BUN_LOCK);
  const follow = (from: LockEntry) => edgesOf(from, (edge) => lock.follow(from, edge));
  assert.deepEqual(follow(lock.entry('debug')!), ['ms -> debug/ms@2.1.2', 'supports-color -> nothing']);
  assert.deepEqual(follow(lock.entry('@s/other/debug')!), ['ms -> @s/other/debug/ms@2.0.0']);
  assert.deepEqual(follow(lock.entry('foldered')!), ['ms -> ms@2.1.3']);
  assert.deepEqual(follow(lock.importers.get('packages/member')!), [
    '@s/other -> packages/other@undefined',
    'ms -> member/ms@0.7.1',
    'lodash -> nothing',
  ]);
  assert.equal(lock.follow(readBun(BUN_LOCK).entries[0]!, lock.entry('debug')!.edges[0]!), undefined);
});
