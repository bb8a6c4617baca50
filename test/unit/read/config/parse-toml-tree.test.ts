import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConfigNode } from '../../../../server/src/core/read/config/tree/config-tree.ts';
import { parseTomlTree } from '../../../../server/src/core/read/config/tree/parse-toml-tree.ts';
import { expectTokens } from './config-spans.ts';

describe('TOML settings', () => {
  test('tables, dotted keys, inline tables and lists of tables come to one tree', () => {
    const text = `a = "x😀"
b.c = 1
[install]
exact = true
scopes.acme = { url = "u", token = "$T" }
[install."lock file"]
save = false
[[list]]
n = 1
[[list]]
n = [2, "3"]
`;
    const { root, problems } = parseTomlTree(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(plain(root), {
      a: 'x😀',
      b: { c: 1 },
      install: {
        exact: true,
        scopes: { acme: { url: 'u', token: '$T' } },
        'lock file': { save: false },
      },
      list: [{ n: 1 }, { n: [2, '3'] }],
    });
    assert.ok(expectTokens(text, root) > 15);
  });

  test('what is no text keeps a text', () => {
    const { root } = parseTomlTree('n = 259200\nd = 2026-01-01\n');
    assert.deepEqual(
      root?.members.map(({ value }) => value?.type === 'scalar' && typeof value.value),
      ['number', 'string'],
    );
  });
});

describe('broken TOML', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['an open string', 'a = "x\nb = 1\n', { b: 1 }],
    ['a key being typed', 'a = 1\nb\nc = 2\n', { c: 2 }],
    ['a value being typed', '[t]\na =\nb = 2\n', { t: { b: 2 } }],
    ['an open list', '[t]\na = [\n  "x",\n[u]\nb = 2\n', { t: {}, u: { b: 2 } }],
    ['an open table', '[t]\na = 1\n[u\n', { t: { a: 1 } }],
    ['a key that appears twice', 'a = 1\na = 2\nb = 3\n', { a: 1, b: 3 }],
    [
      'a table that appears twice',
      '[a]\nx = 1\n[a]\ny = 2\n[b]\nz = 3\n',
      { a: { x: 1, y: 2 }, b: { z: 3 } },
    ],
  ];
  for (const [name, text, expected] of cases) {
    test(`${name} costs only what it touches`, () => {
      const { root, problems } = parseTomlTree(text);
      assert.ok(problems.length > 0);
      assert.deepEqual(plain(root), expected);
      for (const { span } of problems) assert.ok(span.start <= span.end && span.end <= text.length);
    });
  }

  test('an empty file has no problem', () => {
    for (const text of ['', '\n', '# only a comment\n']) assert.deepEqual(parseTomlTree(text).problems, []);
  });
});

describe('hostile TOML', () => {
  test('is never too deep', () => {
    for (const text of [
      `a=${'['.repeat(20_000)}`,
      '['.repeat(20_000),
      '{a='.repeat(20_000),
      `a${'.b'.repeat(20_000)}=1`,
    ]) {
      assert.ok(parseTomlTree(text).problems.length <= 40);
    }
  });

  test('is never too long', () => {
    const { root, problems } = parseTomlTree(`a = "${'x'.repeat(1_000_000)}"`);
    assert.equal(root, undefined);
    assert.equal(problems.length, 1);
  });

  test('what is left out as it is too deep is a problem', () => {
    for (const text of [`a${'.b'.repeat(50)}=1`, `a = ${'['.repeat(50)}${']'.repeat(50)}`])
      assert.match(JSON.stringify(parseTomlTree(text).problems), /nested too deeply/);
  });

  test('a key that appears again and again takes no time', () => {
    const started = process.cpuUsage().user;
    assert.ok(parseTomlTree('a = 1\n'.repeat(80_000)).problems.length > 0);
    assert.ok(process.cpuUsage().user - started < 20_000_000);
  });

  test('many mistakes are as many problems as anybody reads', () => {
    assert.ok(parseTomlTree('a = \n'.repeat(5000)).problems.length <= 40);
  });
});

function plain(node: ConfigNode | undefined): unknown {
  switch (node?.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
    default:
      return undefined;
  }
}
