import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readWorkspaceClaims } from '../../../../server/src/core/read/project/members/workspace-claims.ts';
import { cpuTime } from '../../../cpu-time.ts';

/** Patterns, paths that npm installs as members, and others. */
const CASES: readonly [patterns: readonly string[], members: readonly string[], others: readonly string[]][] =
  [
    [
      ['packages/*'],
      ['packages/a', 'packages/@x'],
      ['packages', 'packages/a/b', 'a', '', 'packages/.hidden'],
    ],
    [['packages/*/'], ['packages/a'], ['packages/a/b']],
    [['./packages/*'], ['packages/a'], []],
    [['/packages/*'], ['packages/a'], []],
    [['packages\\*'], ['packages/a'], []],
    [['packages/**'], ['packages/a', 'packages/a/b/c'], ['other/a', 'packages/.x/a']],
    [['**'], ['a', 'a/b'], ['node_modules/a', 'a/node_modules/b', '']],
    [
      ['a', 'b'],
      ['a', 'b'],
      ['c', 'ab'],
    ],
    [['{a,b}/*'], ['a/x', 'b/x'], ['c/x']],
    [['packages/!(private)'], ['packages/a'], ['packages/private']],
    [['packages/@(a|b)'], ['packages/a', 'packages/b'], ['packages/c']],
    [['packages/[a-c]?'], ['packages/ax', 'packages/cx'], ['packages/dx', 'packages/a']],
    [['packages/*', '!packages/b'], ['packages/a'], ['packages/b']],
    [['!packages/b', 'packages/*'], ['packages/a'], ['packages/b']],
    [['packages/**', '!packages/b/**', 'packages/b/a'], ['packages/a', 'packages/b/a'], []],
    [['!!a'], ['a'], []],
    [['!a'], [], ['a', 'b']],
    [['.'], [], ['', 'a']],
    [['../a'], [], ['a', '../a']],
    [['a/../b'], ['b'], ['a/b', 'a']],
    [['packages/a.b'], ['packages/a.b'], ['packages/axb']],
    [[''], [], ['', 'a']],
  ];

describe('which folders are members', () => {
  for (const [patterns, members, others] of CASES) {
    test(JSON.stringify(patterns), () => {
      const claims = readWorkspaceClaims(patterns);
      for (const path of members) assert.ok(claims.claims(path), `${path} is a member`);
      for (const path of others) assert.ok(!claims.claims(path), `${path} is none`);
    });
  }
});

describe('how deep members can be', () => {
  const depths: readonly [readonly string[], number | undefined][] = [
    [[], 0],
    [['a'], 1],
    [['packages/*', 'a'], 2],
    [['./a/b/c/'], 3],
    [['packages/**'], undefined],
    [['a', '!b/**'], 1],
    [['{a,b/c/d}'], 3],
    [['../../a'], 0],
  ];
  for (const [patterns, depth] of depths) {
    test(`${JSON.stringify(patterns)}: ${depth}`, () =>
      assert.equal(readWorkspaceClaims(patterns).depth, depth));
  }
});

test('hostile patterns cost little', () => {
  const name = 'a'.repeat(250);
  const patterns = [
    `${'*a'.repeat(249)}b`,
    `${'**/'.repeat(160)}b`,
    '{a,b}'.repeat(99),
    `${'{'.repeat(250)}${'}'.repeat(250)}`,
    '*'.repeat(100_000),
    '+(+(a|a)|+(a|a))b',
    '!(!(!(a)))',
    '*(a)*(a)*(a)*(a)*(a)b',
    '['.repeat(499),
    '!'.repeat(499),
    '\\'.repeat(499),
  ];
  const claims = readWorkspaceClaims(patterns);
  const before = cpuTime();
  for (const path of [name, `a/${name}`, 'a/'.repeat(500), `${'a/'.repeat(300)}c`]) claims.claims(path);
  assert.ok(cpuTime() - before < 2000, 'no pattern tries every way to match');
});
