import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { A, B, foundSince, hash, lockOf, type Members, RESTORE } from './lockfile-since-commit.ts';

describe('a dependency that an entry got while its hash stayed', () => {
  const before = lockOf({ 'node_modules/a': A, 'node_modules/b': B });
  const a2 = { version: '2.0.0', integrity: hash(7) };
  const since = (b: Members, root: Members = {}) =>
    foundSince(before, lockOf({ 'node_modules/a': a2, 'node_modules/b': { ...B, ...b } }, root));

  test('is reported at its range', async () => {
    const root = { dependencies: { a: '>=1', b: '^1.0.0' } };
    assert.deepEqual(await since({ dependencies: { a: '^2.0.0' } }, root), [
      [
        '"^2.0.0"',
        `b 1.0.0 depends on a@^2.0.0 here, but with "^1.0.0" in the last commit, with the same hash. ${RESTORE}`,
      ],
    ]);
    assert.deepEqual(await since({ dependencies: { a: '^1.0.0 || ^2.0.0' } }, root), [
      [
        '"^1.0.0 || ^2.0.0"',
        `b 1.0.0 depends on a@^1.0.0 || ^2.0.0 here, but with "^1.0.0" in the last commit, with the same hash. ${RESTORE}`,
      ],
    ]);
    const added = await foundSince(
      before,
      lockOf({
        'node_modules/a': A,
        'node_modules/b': { ...B, optionalDependencies: { c: '1' } },
        'node_modules/c': { version: '1.0.0', integrity: hash(5) },
      }),
    );
    assert.deepEqual(added, [
      [
        '"1"',
        `b 1.0.0 depends on c@1 here, but without it in the last commit, with the same hash. ${RESTORE}`,
      ],
    ]);
  });

  test('is not reported of another version, a peer, a moved dependency, or one that is gone', async () => {
    for (const b of [
      { version: '1.1.0', integrity: hash(8), dependencies: { a: '^1.0.0', c: '1' } },
      { peerDependencies: { c: '1' } },
      { dependencies: {}, optionalDependencies: { a: '^1.0.0' } },
      { dependencies: {} },
    ]) {
      const now = lockOf({
        'node_modules/a': A,
        'node_modules/b': { ...B, ...b },
        'node_modules/c': { version: '1.0.0', integrity: hash(5) },
      });
      assert.deepEqual(await foundSince(before, now), []);
    }
  });
});
