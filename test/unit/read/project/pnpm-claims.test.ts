import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPnpmWorkspace } from '../../../../server/src/core/read/config/pnpm/read-pnpm-workspace.ts';
import {
  pnpmPackages,
  readPnpmClaims,
} from '../../../../server/src/core/read/project/members/pnpm-claims.ts';

/** Returns the folders that the patterns make members. */
function claimed(patterns: readonly string[], folders: readonly string[]): readonly string[] {
  const claims = readPnpmClaims(patterns);
  return folders.filter((folder) => claims.claims(folder));
}

describe('members that pnpm-workspace.yaml claims', () => {
  const folders = ['', 'a', 'packages', 'packages/a', 'packages/a/b', 'packages/old', '.hidden', 'test/x'];
  const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
    [[], []],
    [['.'], []],
    [['a'], ['a']],
    [['packages/*'], ['packages/a', 'packages/old']],
    [['packages/**'], ['packages', 'packages/a', 'packages/a/b', 'packages/old']],
    [['./packages/*', '!packages/old'], ['packages/a']],
    [['!packages/old', 'packages/*'], ['packages/a']],
    [['packages/*', '!packages/o*'], ['packages/a']],
    [
      ['**', '!**/test/**'],
      ['a', 'packages', 'packages/a', 'packages/a/b', 'packages/old'],
    ],
    [['.hidden'], ['.hidden']],
    [['*'], ['a', 'packages']],
    [['{a,packages/a}'], ['a', 'packages/a']],
    [['../x'], []],
  ];
  for (const [patterns, expected] of cases) {
    test(JSON.stringify(patterns), () => assert.deepEqual(claimed(patterns, folders), expected));
  }

  test('never what package managers put there', () => {
    assert.deepEqual(claimed(['**'], ['node_modules/x', 'a/node_modules/x', 'a/bower_components/x']), []);
  });

  test('say how deep they go', () => {
    const depth = (text: string) => readPnpmClaims(pnpmPackages(readPnpmWorkspace('', text))).depth;
    assert.equal(depth('packages: [a, b/*]\n'), 2);
    assert.equal(depth('packages: [a/**]\n'), undefined);
    assert.equal(depth('packages: []\n'), 0);
    assert.equal(depth('catalog: {}\n'), 0);
    assert.equal(depth('packages: [a\ncatalog'), 1);
    assert.equal(depth('packages\n'), undefined);
  });
});
