import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NameTable } from '../../../server/src/core/text/name-table.ts';

/** A text of words with a space behind each, and where each of them stands. */
function textOf(words: readonly string[]) {
  let text = '';
  const places = words.map((word) => {
    const start = text.length;
    text += `${word} `;
    return { start, end: start + word.length };
  });
  return { text, places };
}

test('a name is found wherever else it stands, and no other is', () => {
  const words = [
    'a',
    'b',
    '',
    '@s/a',
    'lodash',
    'lodash.get',
    'lodash.set',
    'left-pad',
    'é',
    '\u{1f600}',
    '__proto__',
  ];
  const others = ['c', '@s/b', 'lodash.sat', 'lodahs', 'left-pac', 'toString', 'ab', 'è'];
  const { text, places } = textOf([...words, ...words, ...others]);
  const table = new NameTable(text, words.length);
  for (const { start, end } of places.slice(0, words.length)) table.add(start, end);
  for (const { start, end } of places.slice(0, 2 * words.length))
    assert.ok(table.has(start, end), text.slice(start, end));
  for (const { start, end } of places.slice(2 * words.length))
    assert.ok(!table.has(start, end), text.slice(start, end));
});

test('thousands of names are found', () => {
  const words = Array.from({ length: 5000 }, (_, at) => `@scope/package-${at}-of-many`);
  const { text, places } = textOf([...words, ...words]);
  const table = new NameTable(text, words.length);
  for (const { start, end } of places.slice(0, words.length)) table.add(start, end);
  const found = places.slice(words.length).filter(({ start, end }) => table.has(start, end));
  assert.ok(found.length > words.length * 0.99, `${found.length}`);
});

test('where very many have one place, some are missed, and none costs more than others', () => {
  // All of them in a table that is too small.
  const words = Array.from({ length: 3000 }, (_, at) => `name-${at}`);
  const { text, places } = textOf(words);
  const table = new NameTable(text, 100);
  for (const { start, end } of places) table.add(start, end);
  const found = places.filter(({ start, end }) => table.has(start, end));
  assert.ok(found.length >= 100 && found.length < 1000, `${found.length}`);
});
