import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { border, hashNames, SHORTEST_FOR_TWO_EDITS } from '../../../server/src/core/identity/hash-names.ts';
import { skeletonHash, squashedHash, wordSetHash } from '../../../server/src/core/identity/name-hashes.ts';
import { squash } from '../../../server/src/core/identity/name-shape.ts';
import { parsePopularNames } from '../../../server/src/core/identity/popular-names.ts';
import { extend, hashOf, LONGEST } from '../../../server/src/core/identity/rolling-hash.ts';
import { visualSkeleton } from '../../../server/src/core/identity/visual-skeleton.ts';

const LIST = join(import.meta.dirname, '../../../server/data/popular-names.txt');
const ODD = [
  ...['', '-', '@', '@/', '@a', '@a/', '@a/b/c', 'v', 'r', 'vv', 'rn', 'vvv', 'rrn', 'vrn', 'v-v', 'r.n'],
  ...['JSONStream', 'a--b', '-a-b-', "~a'b!c*d(e)", '@Scope/Base-Name', '@s/v', 'a'.repeat(LONGEST)],
  ...['a'.repeat(LONGEST + 1), `${'ab-'.repeat(120)}c`, 'q10-i5l', 'exactlyten', 'ninechars'],
];
const names = [...parsePopularNames(readFileSync(LIST, 'utf8')).names, ...ODD];
const learned: number[] = [];
const hashes = hashNames(names, (hash) => learned.push(hash));

describe('all names at once have the hashes that each form has by itself', () => {
  check('squashed', hashes.squashed, (name) => (isScoped(name) ? 0 : squashedHash(name)));
  check('skeletons', hashes.skeletons, (name) => (isScoped(name) ? 0 : skeletonHash(name)));
  check('word sets', hashes.wordSets, (name) => (isScoped(name) ? 0 : wordSetHash(name)));
  check('bases of scoped names', hashes.scopedBases, (name) =>
    isScoped(name) ? hashOf(name.slice(name.indexOf('/') + 1).toLowerCase()) : 0,
  );
  check('scoped names as a whole', hashes.scopedSquashed, (name) =>
    isScoped(name) ? squashedHash(name) : 0,
  );

  test('skeletons are those of the form', () => {
    for (const name of ['vvebpack', 'rnoment', 'l0dash', 'v']) {
      assert.equal(skeletonHash(name), hashOf(visualSkeleton(squash(name))), name);
    }
  });

  test('thirds', () => {
    for (const [rank, name] of names.entries()) {
      const key = squash(name);
      const isLong = !isScoped(name) && key.length >= SHORTEST_FOR_TWO_EDITS && key.length <= LONGEST;
      assert.equal(hashes.letters[rank] !== 0, isLong, name);
      for (let part = 0; isLong && part < 3; part++) {
        const text = key.slice(border(key.length, part), border(key.length, part + 1));
        const expected = extend(extend(hashOf(text), part), key.length);
        assert.equal(hashes.thirds[rank * 3 + part], expected, `${name}, ${text}`);
      }
    }
  });

  test('words', () => {
    const words = names.flatMap((name) => name.toLowerCase().match(/[a-z\d]+/g) ?? []);
    assert.deepEqual(learned, words.map(hashOf));
  });
});

function check(form: string, actual: Int32Array, hash: (name: string) => number): void {
  test(form, () => {
    for (const [rank, name] of names.entries()) assert.equal(actual[rank], hash(name), JSON.stringify(name));
  });
}

function isScoped(name: string): boolean {
  return name.startsWith('@');
}
