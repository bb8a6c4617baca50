import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hashNames } from '../../../../server/src/core/know/identity/hash-names.ts';
import { shapeOf, squash, wordsOf } from '../../../../server/src/core/know/identity/name-shape.ts';
import { parsePopularNames } from '../../../../server/src/core/know/identity/popular-names.ts';
import { hashOf, LONGEST } from '../../../../server/src/core/know/identity/rolling-hash.ts';

const LIST = join(import.meta.dirname, '../../../../server/data/popular-names.txt');
const ODD = [
  ...[
    '-',
    '@',
    '@/',
    '@a',
    '@a/',
    'v',
    'a--b',
    '-a-b-',
    "~a'b!c*d(e)",
    '@Scope/Base-Name',
    '@s/v',
    'JSONStream',
  ],
  ...['a'.repeat(LONGEST), 'a'.repeat(LONGEST + 1), `${'ab-'.repeat(120)}c`, 'q10-i5l', 'я-б'],
];
const names = [...parsePopularNames(readFileSync(LIST, 'utf8')).names, ...ODD];
const hashed = hashNames(names);

/** Each form as described in its comment, with the string that the pass does not build. */
describe('one pass finds the hashes that each form has by itself', () => {
  test('names without separators', () => {
    for (const [rank, name] of names.entries()) {
      const ranks: number[] = [];
      hashed.bySquashed.forEach(hashOf(squash(name)), (found) => ranks.push(found));
      assert.ok(ranks.includes(rank), name);
    }
  });

  test('scopes and what is behind them', () => {
    for (const [rank, name] of names.entries()) {
      const { scope, squashed } = shapeOf(name);
      if (name === '@/') continue;
      assert.equal(hashed.scopes[rank], hashOf(squash(scope)), name);
      assert.equal(hashed.bases[rank], scope === '' ? 0 : hashOf(squashed), name);
    }
  });

  test('first words before a dash', () => {
    for (const [rank, name] of names.entries()) {
      const { base, words } = shapeOf(name);
      const [first = ''] = words;
      const at = base.indexOf(first) + first.length;
      assert.equal(hashed.firstWords[rank], first !== '' && base[at] === '-' ? hashOf(first) : 0, name);
    }
  });

  test('in how many names a word is used', () => {
    const uses = new Map<string, number>();
    for (const name of names) {
      for (const word of wordsOf(name.toLowerCase())) uses.set(word, (uses.get(word) ?? 0) + 1);
    }
    for (const [word, count] of uses) assert.equal(hashed.words.uses(word), Math.min(count, 255), word);
    assert.equal(hashed.words.uses('nobodyusesthis'), 0);
  });
});
