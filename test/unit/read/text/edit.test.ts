import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits, newlineOf, type TextEdit } from '../../../../server/src/core/read/text/edit.ts';
import { randomSource } from './random-source.ts';

/** Applies edits from the last to the first, each to the remaining text: earlier offsets stay valid. */
function applyBackwards(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight(
    (result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end),
    text,
  );
}

/** Returns edits that do not touch one another, in the order of the text. */
function editsOf(text: string, seed: number): TextEdit[] {
  const random = randomSource(seed);
  const edits: TextEdit[] = [];
  for (let at = random.below(4); at <= text.length; ) {
    const end = Math.min(text.length, at + random.below(4));
    edits.push({ span: { start: at, end }, newText: random.text(['x', '\n', '😀', ''], 3) });
    at = end + 1 + random.below(5);
  }
  return edits;
}

test('edits that keep apart, in any order', () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const text = randomSource(seed).text(['a', 'bc', '\n', '{"d": 1}', '😀'], 20);
    const edits = editsOf(text, seed + 1000);
    const expected = applyBackwards(text, edits);
    assert.equal(applyEdits(text, edits), expected);
    assert.equal(applyEdits(text, edits.toReversed()), expected);
  }
});

test('insertions at one place keep their order', () => {
  const at = (start: number, newText: string) => ({ span: { start, end: start }, newText });
  assert.equal(applyEdits('ab', [at(1, 'x'), at(1, 'y'), at(0, 'z')]), 'zaxyb');
});

test('an insertion goes before a replacement that begins there, and after one that ends there', () => {
  const replace = { span: { start: 1, end: 2 }, newText: 'R' };
  assert.equal(applyEdits('abc', [replace, { span: { start: 1, end: 1 }, newText: 'i' }]), 'aiRc');
  assert.equal(applyEdits('abc', [{ span: { start: 2, end: 2 }, newText: 'i' }, replace]), 'aRic');
});

test('none change nothing', () => assert.equal(applyEdits('abc', []), 'abc'));

describe('edits that overlap are a mistake of the caller', () => {
  const cases: readonly [readonly [number, number], readonly [number, number]][] = [
    [
      [0, 2],
      [1, 3],
    ],
    [
      [0, 3],
      [1, 2],
    ],
    [
      [0, 3],
      [1, 1],
    ],
    [
      [1, 2],
      [1, 2],
    ],
  ];
  for (const [a, b] of cases) {
    test(JSON.stringify([a, b]), () => {
      const edits = [a, b].map(([start, end]) => ({ span: { start, end }, newText: '' }));
      assert.throws(() => applyEdits('abcd', edits), RangeError);
      assert.throws(() => applyEdits('abcd', edits.toReversed()), RangeError);
    });
  }
});

test('the first line end tells what a text uses', () => {
  assert.equal(newlineOf(''), '\n');
  assert.equal(newlineOf('a'), '\n');
  assert.equal(newlineOf('\n'), '\n');
  assert.equal(newlineOf('\r\n'), '\r\n');
  assert.equal(newlineOf('a\r\nb\n'), '\r\n');
  assert.equal(newlineOf('a\nb\r\n'), '\n');
  assert.equal(newlineOf('a\rb'), '\n');
});
