import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KeyTable, MISSING } from '../../../server/src/core/lockfile/pnpm/key-table.ts';
import { scanYaml } from '../../../server/src/core/lockfile/pnpm/yaml-scan.ts';
import { childrenOf, NONE } from '../../../server/src/core/lockfile/pnpm/yaml-tape.ts';

/** A table of the keys, over a text that also holds what is looked for; its members are numbered from 0. */
function tableOf(keys: readonly string[], sought: string) {
  const text = `${keys.map((key) => `${key}: 1\n`).join('')}# ${sought}\n`;
  const tape = scanYaml(text);
  return {
    table: new KeyTable(tape, [...childrenOf(tape, tape.documents[0] ?? NONE)]),
    at: text.length - sought.length - 1,
  };
}

describe('KeyTable', () => {
  const keys = Array.from({ length: 5000 }, (_, number) => `name-${number}@1.${number % 7}.0`);

  test('finds each key, by itself and from its parts, and no other', () => {
    const name = 'name-4321@1.2.0';
    const { table, at } = tableOf(keys, name);
    assert.equal(table.findRange(at, at + name.length), 4321);
    assert.equal(table.findJoined(0, at, at + 9, 64, at + 10, at + name.length), 4321);
    assert.equal(table.findJoined(47, at, at + 9, 64, at + 10, at + name.length), MISSING);
    assert.equal(table.findJoined(0, at, at + 9, 47, at + 10, at + name.length), MISSING);
    assert.equal(table.findRange(at, at + name.length - 1), MISSING);
    for (const [number, key] of keys.entries()) assert.equal(table.find(key), number);
    assert.equal(table.find('name-5000@1.2.0'), MISSING);
  });

  test('a character before the first part belongs to the key', () => {
    const { table, at } = tableOf(['/a@1.0.0', "'/@s/b@2.0.0'"], '@s/b 2.0.0');
    assert.equal(table.findJoined(47, at, at + 4, 64, at + 5, at + 10), 1);
    assert.equal(table.findJoined(0, at, at + 4, 64, at + 5, at + 10), MISSING);
  });

  test('keys with escapes are found as what they stand for', () => {
    const { table, at } = tableOf(["'it''s@1'", 'b@2', '"c\\x40\\u0033"'], "it's 1 c@3");
    assert.equal(table.findJoined(0, at, at + 4, 64, at + 5, at + 6), 0);
    assert.equal(table.findRange(at + 7, at + 10), 2);
    assert.equal(table.find('b@2'), 1);
  });

  test('an empty table has nothing', () => {
    const { table, at } = tableOf([], 'a');
    assert.equal(table.findRange(at, at + 1), MISSING);
    assert.equal(table.find(''), MISSING);
  });
});
