import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { controlCharactersIn } from '../../../../server/src/core/read/text/json/control-characters.ts';
import { editJsonTape } from '../../../../server/src/core/read/text/json/edit-json-tape.ts';
import { scanJson } from '../../../../server/src/core/read/text/json/json-scan.ts';
import { carryWordPlaces, wordPlaces } from '../../../../server/src/core/read/text/lines/word-places.ts';
import { changeOf } from '../../../../server/src/core/read/text/text-change.ts';
import { randomSource } from './random-source.ts';

const WORDS = ['"git', 'aa', 'deprecated', '<<<<'];
const PIECES = ['"git', 'git', 'a', 'aa', 'depre', 'cated', 'deprecated', '<', '<<<', ' ', '\n', '"'];

describe('places of words', () => {
  test('are after any edits those of the text as it is then', () => {
    const random = randomSource(1);
    let found = 0;
    for (let round = 0; round < 60; round++) {
      let holder = { text: Array.from({ length: random.below(40) }, () => random.pick(PIECES)).join('') };
      for (const word of WORDS) wordPlaces(holder, word, word === '"git' ? 1 : 0);
      for (let edits = 0; edits < 20; edits++) {
        const start = random.below(holder.text.length + 1);
        const end = Math.min(holder.text.length, start + random.below(6));
        const added = random.below(3) === 0 ? '' : random.pick(PIECES) + random.pick(PIECES);
        const next = { text: holder.text.slice(0, start) + added + holder.text.slice(end) };
        carryWordPlaces(holder, next, changeOf({ start, end }, added));
        holder = next;
        for (const word of WORDS) {
          const places = wordPlaces(holder, word);
          assert.deepEqual(
            places,
            wordPlaces({ text: holder.text }, word),
            JSON.stringify([holder.text, word]),
          );
          found += places?.length ?? 0;
        }
      }
    }
    assert.ok(found > 2000, String(found));
  });

  test('of a text that is full of them are not remembered', () => {
    const holder = { text: '__p'.repeat(30_000) };
    assert.equal(wordPlaces(holder, '__p'), undefined);
    const small = { text: '"version": ""' };
    assert.deepEqual(wordPlaces(small, '__p'), []);
    const pasted = { text: `"version": "${holder.text}"` };
    carryWordPlaces(small, pasted, { start: 12, oldEnd: 12, newEnd: 12 + holder.text.length });
    assert.equal(wordPlaces(pasted, '__p'), undefined);
    const next = { text: `x${holder.text}` };
    carryWordPlaces(holder, next, { start: 0, oldEnd: 0, newEnd: 1 });
    assert.equal(wordPlaces(next, '__p'), undefined);
  });
});

test('a control character that an edit brings into a string is found, and what it takes away is not', () => {
  const text = '{\n  "a": "bcd",\n  "e": "f"\n}\n';
  let tape = scanJson(text);
  assert.deepEqual(controlCharactersIn(tape, 9), []);
  const at = text.indexOf('c');
  for (const added of ['x', '\u0001', 'y', '\t', 'z', '\r', '']) {
    const edit = changeOf({ start: at, end: at + (tape.text[at + 1] === 'd' ? 1 : 0) }, added);
    const after = tape.text.slice(0, edit.start) + added + tape.text.slice(edit.oldEnd);
    tape = editJsonTape(tape, after, edit) ?? scanJson(after);
    const expected = ['\u0001', '\t', '\r'].includes(added) ? [{ start: at, end: at + 1 }] : [];
    assert.deepEqual(controlCharactersIn(tape, 9), expected, JSON.stringify(after));
  }
});
