import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  canonicalUri,
  isWithin,
  joinUri,
  nameOf,
  parentUri,
  relativeUri,
} from '../../../../server/src/core/read/text/paths/uri.ts';
import { randomSource } from './random-source.ts';

describe('one file has one URI', () => {
  const cases: readonly [canonical: string, ...spellings: string[]][] = [
    ['file:///a/b', 'file:///a/b/', 'file:///a//b', 'file:///a/b//', 'file:///%61/b'],
    ['file:///', 'file://', 'file:////'],
    ['file:///c%3A/a', 'file:///c:/a', 'file:///C:/a', 'file:///c%3a/a', 'file:///C%3A/a/'],
    ['file:///c%3A', 'file:///C:/'],
    ['file:///a/C%3A', 'file:///a/C:'],
    ['file://server/share/a', 'file://server/share/a/'],
    ['file:///50%25', 'file:///50%'],
    ['file:///a%20b', 'file:///a b'],
    ['file:///%C3%A4', 'file:///ä', 'file:///%c3%a4'],
    ["file:///it's%20(1)!*", 'file:///it%27s%20%281%29%21%2A'],
    ['file:///a%2Fb', 'file:///a%2fb'],
    ['file:///%EF%BF%BD', 'file:///\uD800'],
    ['untitled:Untitled-1'],
    ['vscode-vfs://github/o/r/a'],
  ];
  for (const [canonical, ...spellings] of cases) {
    test(canonical, () => {
      for (const spelling of [canonical, ...spellings])
        assert.equal(canonicalUri(spelling), canonical, spelling);
    });
  }

  test('and what is no URI does not throw', () => {
    for (const text of ['', ':', '/', '%', '%%%', 'a', '://', 'x:', '\uDC00', 'file:///%E0%A4%A']) {
      const once = canonicalUri(text);
      assert.equal(canonicalUri(once), once, JSON.stringify(text));
      parentUri(once);
      nameOf(once);
      relativeUri('file:///a', once);
    }
  });
});

const NAMES = [
  'a',
  'b',
  'a b',
  '50%',
  '%41',
  'ä',
  '😀',
  '#',
  '?',
  '..x',
  'x..',
  '@s',
  "it's",
  '[1]',
  '\\',
  '+',
];

/** Returns paths of up to five segments, normalized by node:path. */
function pathsOf(seed: number): { readonly from: string; readonly to: string } {
  const random = randomSource(seed);
  const path = (most: number) =>
    `/${Array.from({ length: random.below(most + 1) }, () => random.pick(NAMES)).join('/')}`;
  const from = path(4);
  const to = random.below(2) === 0 ? path(5) : posix.resolve(from, `.${path(3)}`);
  return { from, to };
}

const uriOf = (path: string) => canonicalUri(`file://${path.split('/').map(encodeURIComponent).join('/')}`);

test('paths of any kind', () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const { from, to } = pathsOf(seed);
    const relative = posix.relative(from, to);
    const between = `${from} and ${to}`;
    assert.equal(relativeUri(uriOf(from), uriOf(to)), relative, between);
    assert.equal(joinUri(uriOf(from), relative), uriOf(to), between);
    assert.equal(parentUri(uriOf(to)), uriOf(posix.dirname(to)), between);
    assert.equal(nameOf(uriOf(to)), posix.basename(to), between);
    assert.equal(isWithin(uriOf(from), uriOf(to)), relative.split('/')[0] !== '..', between);
    assert.equal(canonicalUri(uriOf(to)), uriOf(to), between);
    assert.equal(fileURLToPath(uriOf(to), { windows: false }), to, between);
    assert.equal(canonicalUri(pathToFileURL(to, { windows: false }).href), uriOf(to), between);
  }
});

test('joining resolves dots and stops at the root', () => {
  assert.equal(joinUri('file:///a/b', '../c/./d'), 'file:///a/c/d');
  assert.equal(joinUri('file:///a', '../../../b'), 'file:///b');
  assert.equal(joinUri('file:///', 'a'), 'file:///a');
  assert.equal(joinUri('file:///a', ''), 'file:///a');
  assert.equal(joinUri('file:///a', '/b//c/'), 'file:///a/b/c');
  assert.equal(joinUri('file:///a', '%2e%2e/b'), 'file:///a/%252e%252e/b', 'encoded dots are a name');
  assert.equal(joinUri('file:///a', '\uD800'), 'file:///a/%EF%BF%BD');
});

test('a folder holds what is below it, not what begins like it', () => {
  assert.ok(isWithin('file:///', 'file:///a'));
  assert.ok(isWithin('file:///a', 'file:///a'));
  assert.ok(!isWithin('file:///a', 'file:///ab'));
  assert.ok(!isWithin('file:///a/b', 'file:///a'));
  assert.ok(!isWithin('file:///a', 'vscode-vfs:///a/b'));
});

test("the root's parent is the root", () => {
  assert.equal(parentUri('file:///'), 'file:///');
  assert.equal(parentUri('file:///a'), 'file:///');
  assert.equal(parentUri('untitled:Untitled-1'), 'untitled:/');
});
