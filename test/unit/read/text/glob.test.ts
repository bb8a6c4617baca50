import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import picomatch from 'picomatch';
import { compileGlob, globProblem } from '../../../../server/src/core/read/text/paths/glob.ts';
import { randomSource } from './random-source.ts';

function matches(glob: string, path: string, dot = true): boolean {
  return compileGlob(glob, { dot })?.matches(path) ?? false;
}

describe('as picomatch has it', () => {
  const pieces = ['a', 'b', 'ab', '*', '**', '?', '/', '[ab]', '[^a]', '{a,b}', '{a/b,b}', '.a'];
  const paths = [
    'a',
    'b',
    'ab',
    'aab',
    'a/b',
    'b/a',
    'a/a/b',
    'ab/ab',
    'a/b/a/b',
    '.a',
    'a/.a',
    '.a/b',
    'abab',
  ];
  // Where picomatch differs: `**` beside other characters or after a wildcard at the end, and a negated set
  // before a dot.
  const isPlain = (glob: string, dot: boolean) =>
    !/[^/]\*\*|\*\*[^/]|^\/|\/$|\/\/|\*\*\/\*\*|[^a-z]\/\*\*$/.test(glob) && (dot || !glob.includes('[^'));

  for (const dot of [true, false]) {
    test(`dot: ${dot}`, () => {
      let compared = 0;
      for (let seed = 1; seed <= 4000; seed++) {
        const glob = randomSource(seed).text(pieces, 5);
        if (glob === '' || !isPlain(glob, dot)) continue;
        const oracle = picomatch(glob, { dot });
        for (const path of paths) {
          compared++;
          assert.equal(matches(glob, path, dot), oracle(path), `${glob} on ${path}`);
        }
      }
      assert.ok(compared > 5000);
    });
  }
});

describe('what it reads', () => {
  const cases: readonly [string, readonly string[], readonly string[]][] = [
    ['./a/', ['a'], ['a/b']],
    ['a/./b/../c', ['a/c'], ['a/b/c']],
    ['a\\*b', ['a*b'], ['axb']],
    ['\\[a\\]', ['[a]'], ['a']],
    ['a[', ['a['], ['a']],
    ['[]a]', [']', 'a'], ['b']],
    ['[a-c]x', ['ax', 'cx'], ['dx']],
    ['[^a]', ['b'], ['a']],
    ['{a}', ['{a}'], ['a']],
    ['{a,{b,c}}', ['a', 'b', 'c'], ['d']],
    ['a{,b}', ['a', 'ab'], []],
    ['!a', ['!a'], ['a', 'b']],
    ['!(a|b)', ['c'], ['a', 'b']],
    ['x/+(a|b)', ['x/a', 'x/ab'], ['x/c', 'x']],
    ['**/*.json', ['a.json', 'a/b.json'], ['a.js']],
    ['a**b', ['ab', 'axxb'], ['a/b']],
  ];
  for (const [glob, yes, no] of cases) {
    test(glob, () => {
      for (const path of yes) assert.ok(matches(glob, path), path);
      for (const path of no) assert.ok(!matches(glob, path), path);
    });
  }
});

test('what nobody means is no glob', () => {
  for (const glob of ['', '.', '/', '..', '../a', 'a/../..', 'x'.repeat(501), '{a,b}'.repeat(12)]) {
    assert.equal(compileGlob(glob, { dot: true }), undefined, glob.slice(0, 20));
  }
});

test('a glob that may match more than is found is named', () => {
  for (const glob of [
    'a'.repeat(501),
    'a/b{1..3}',
    'a/[[:alpha:]]',
    `{${'a,'.repeat(201)}b}`,
    '../a',
    '+(a|+(b))',
  ])
    assert.ok(globProblem(glob) !== undefined, glob);
  for (const glob of ['packages/*', '**', 'a/../b', '{a,b}/[a-c]?', './a/', '.', '!(a|b)/*', '+(a|b)'])
    assert.equal(globProblem(glob), undefined, glob);
});

test('a path below may match', () => {
  const below = (glob: string, path: string) =>
    compileGlob(glob, { dot: false })?.matchesBelow(path) ?? false;
  for (const [glob, path] of [
    ['a/*', 'a'],
    ['**', 'a/b'],
    ['{a,b}/c/*', 'b/c'],
    ['a/**/c', 'a/b'],
  ] as const)
    assert.ok(below(glob, path), `${glob} ${path}`);
  for (const [glob, path] of [
    ['a', 'a'],
    ['a/*', 'a/b'],
    ['a/*', 'b'],
    ['**', '.a'],
  ] as const)
    assert.ok(!below(glob, path), `${glob} ${path}`);
});
