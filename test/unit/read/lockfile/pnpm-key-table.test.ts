import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findKeyIn, KeyTable, MISSING } from '../../../../server/src/core/read/lockfile/pnpm/key-table.ts';
import type { KeyStyle } from '../../../../server/src/core/read/lockfile/pnpm/pnpm-keys.ts';
import { scanYaml } from '../../../../server/src/core/read/lockfile/pnpm/yaml-scan.ts';
import { childrenOf, NONE } from '../../../../server/src/core/read/lockfile/pnpm/yaml-tape.ts';
import { textBytes } from '../../../../server/src/core/read/text/text-bytes.ts';

/** Looks up dependencies, given as name and version, among the keys; also returns how many lookups used strings. */
function tableOf(keys: readonly string[], style: KeyStyle, sought: readonly (readonly [string, string])[]) {
  const text = `${keys.map((key) => `${key}: 1\n`).join('')}# ${sought.map(([name, version]) => `${name} ${version} `).join('')}\n`;
  const tape = scanYaml(text);
  const nodes = [...childrenOf(tape, tape.documents[0] ?? NONE)];
  let byString = 0;
  const find = findKeyIn(tape, nodes);
  const table = new KeyTable(tape, textBytes(text), style, nodes, (key) => {
    byString++;
    return find(key);
  });
  let at = text.lastIndexOf('# ') + 2;
  const numbers = sought.map(([name, version]) => {
    const start = at + name.length + 1;
    const number = table.findTarget(at, at + name.length, start, start + version.length);
    at = start + version.length + 1;
    return number;
  });
  return { numbers, byString };
}

describe('KeyTable', () => {
  const keys = Array.from({ length: 5000 }, (_, number) => `name-${number}@1.${number % 7}.0`);

  test('finds each key from its parts without a string, and no other', () => {
    const parts = keys.map((key) => key.split('@') as [string, string]);
    const all = tableOf(keys, 9, parts);
    assert.deepEqual(
      all.numbers,
      keys.map((_, number) => number),
    );
    assert.equal(all.byString, 0);
    const none = tableOf(keys, 9, [
      ['name-5000', '1.2.0'],
      ['name-4321', '1.2.1'],
      ['name-4321', '1.2.00'],
      ['name-432', '11.2.0'],
    ]);
    assert.deepEqual(none.numbers, [MISSING, MISSING, MISSING, MISSING]);
  });

  test('a whole key in place of the version is that key, as of an alias', () => {
    const sought = [
      ['alias', 'name-4321@1.2.0'],
      ['alias', '@s/b@2.0.0(name-1@1.1.0)'],
    ] as const;
    const { numbers, byString } = tableOf([...keys, "'@s/b@2.0.0(name-1@1.1.0)'"], 9, sought);
    assert.deepEqual(numbers, [4321, 5000]);
    assert.equal(byString, 0);
  });

  test('keys of each version of the file', () => {
    const sought = [
      ['@s/b', '2.0.0'],
      ['a', '1.0.0'],
      ['x', '/a/1.0.0'],
      ['x', '/@s/b/2.0.0'],
    ] as const;
    const five = tableOf(['/a/1.0.0', "'/@s/b/2.0.0'"], 5, sought);
    assert.deepEqual(five, { numbers: [1, 0, 0, 1], byString: 0 });
    const six = tableOf(['/a@1.0.0', "'/@s/b@2.0.0'"], 6, [
      ...sought.slice(0, 2),
      ['x', '/a@1.0.0'],
      ['x', 'a@1.0.0'],
    ]);
    assert.deepEqual(six.numbers, [1, 0, 0, MISSING]);
    assert.deepEqual(tableOf(['/a@1.0.0'], 9, [['a', '1.0.0']]).numbers, [MISSING]);
  });

  test('keys of other forms, and names that no package has, are found as well', () => {
    const others = ['file:a.tgz', 'example.test/x/y/0a1b', "'a@b@1'", '/a@1'];
    const sought = [
      ['c', 'file:a.tgz'],
      ['c', 'example.test/x/y/0a1b'],
      ['a@b', '1'],
      ['a', '1'],
    ] as const;
    assert.deepEqual(tableOf(others, 6, sought).numbers, [0, 1, MISSING, 3]);
    assert.deepEqual(tableOf(others, 9, sought).numbers, [0, 1, 2, MISSING]);
  });

  test('keys with escapes are found as what they stand for', () => {
    const { numbers } = tableOf(["'it''s@1'", 'b@2', '"c\\x40\\u0033"'], 9, [
      ["it's", '1'],
      ['x', 'c@3'],
      ['b', '2'],
    ]);
    assert.deepEqual(numbers, [0, 2, 1]);
  });

  test('characters that bytes do not tell apart are told apart', () => {
    const { numbers } = tableOf(['é@1.0.0', 'ü@1.0.0', 'a@1.0.0(ö@1)', 'a@1.0.0(ä@1)'], 9, [
      ['ü', '1.0.0'],
      ['é', '1.0.0'],
      ['à', '1.0.0'],
      ['a', '1.0.0(ä@1)'],
    ]);
    assert.deepEqual(numbers, [1, 0, MISSING, 3]);
  });

  test('of a key that appears twice it has the first', () => {
    assert.deepEqual(tableOf(['a@1', 'b@1', 'a@1'], 9, [['a', '1']]).numbers, [0]);
  });

  test('an empty table has nothing', () => {
    assert.deepEqual(tableOf([], 9, [['a', '1']]).numbers, [MISSING]);
  });
});
