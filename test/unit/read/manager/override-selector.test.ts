import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OverrideSelector } from '../../../../server/src/core/read/manager/override-selector.ts';
import { parseNestedSelector } from '../../../../server/src/core/read/manager/override-selector.ts';
import { parsePnpmSelector } from '../../../../server/src/core/read/manager/pnpm/overrides.ts';
import {
  parseBerrySelector,
  parseClassicSelector,
} from '../../../../server/src/core/read/manager/yarn/override-selector.ts';

/** Returns `parent@range > target@range`, with `>>` if other packages may lie between; "-" for an invalid one. */
function shown(selector: OverrideSelector | undefined): string {
  if (selector === undefined) return '-';
  const names = [...selector.parents, selector.target].map(({ name, range }) =>
    range === undefined ? name : `${name} of ${range}`,
  );
  return names.join(selector.isDeep ? ' >> ' : ' > ');
}

function table(
  read: (text: string) => OverrideSelector | undefined,
  cases: readonly (readonly [string, string])[],
) {
  for (const [text, expected] of cases)
    test(JSON.stringify(text), () => assert.equal(shown(read(text)), expected));
}

describe('selectors of pnpm', () => {
  table(parsePnpmSelector, [
    ['a', 'a'],
    ['@s/a', '@s/a'],
    ['a@1', 'a of 1'],
    ['a@>=1 <2', 'a of >=1 <2'],
    ['a@>1', 'a of >1'],
    ['@s/a@^1 || >2', '@s/a of ^1 || >2'],
    ['a>b', 'a > b'],
    ['a@1>b', 'a of 1 > b'],
    ['a@>1>@s/b@^2', 'a of >1 > @s/b of ^2'],
    ['', '-'],
    ['>b', '-'],
  ]);
});

describe('selectors of Yarn 2 and later', () => {
  table(parseBerrySelector, [
    ['a', 'a'],
    ['@s/a', '@s/a'],
    ['a@npm:^1.0.0', 'a of npm:^1.0.0'],
    ['@s/a@npm:1', '@s/a of npm:1'],
    ['b/a', 'b > a'],
    ['b/@s/a', 'b > @s/a'],
    ['@s/b/a', '@s/b > a'],
    ['@s/b@npm:1.0.0/a@npm:2', '@s/b of npm:1.0.0 > a of npm:2'],
    ['**/a', '-'],
    ['c/b/a', '-'],
    ['', '-'],
  ]);
});

describe('selectors of Yarn 1', () => {
  table(parseClassicSelector, [
    ['a', 'a'],
    ['**/a', 'a'],
    ['b/a', 'b > a'],
    ['b/**/a', 'b >> a'],
    ['**/@s/b/@s/a', '@s/b > @s/a'],
    ['@s/a', '@s/a'],
    ['@s', '-'],
    ['a/*', '-'],
    ['a//b', '-'],
    ['', '-'],
  ]);
});

describe('selectors of npm', () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['a'], 'a'],
    [['a@^1'], 'a of ^1'],
    [['@s/a@1'], '@s/a of 1'],
    [['a', '.'], 'a'],
    [['a@1', 'b', 'c'], 'a of 1 >> b >> c'],
    [['a', ''], '-'],
    [[], '-'],
  ];
  for (const [path, expected] of cases) {
    test(JSON.stringify(path), () => assert.equal(shown(parseNestedSelector(path)), expected));
  }
});
