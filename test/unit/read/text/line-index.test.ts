import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexLines } from '../../../../server/src/core/read/text/lines/line-index.ts';
import { randomSource } from './random-source.ts';

/** Returns the lines with their ends, found one character at a time. */
function linesOf(text: string): string[] {
  const lines = [''];
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    lines[lines.length - 1] += char;
    const ends = char === '\n' || (char === '\r' && text[at + 1] !== '\n');
    if (ends) lines.push('');
  }
  return lines;
}

const PIECES = ['a', 'bc', '\n', '\r\n', '\r', '😀', 'ä', '\u2028', '\t', ''];

test('places of any text', () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const text = randomSource(seed).text(PIECES, 30);
    const index = indexLines(text);
    const lines = linesOf(text);
    const shown = JSON.stringify(text);
    assert.equal(index.lineCount, lines.length, shown);
    let start = 0;
    for (const [line, content] of lines.entries()) {
      assert.equal(index.lineStart(line), start, shown);
      const length = content.replace(/\r?\n$|\r$/, '').length;
      for (let character = 0; character < content.length; character++) {
        assert.deepEqual(index.positionAt(start + character), { line, character }, shown);
        assert.equal(index.offsetAt({ line, character }), start + Math.min(character, length), shown);
      }
      assert.equal(index.offsetAt({ line, character: 1_000_000 }), start + length, shown);
      start += content.length;
    }
    assert.equal(index.positionAt(text.length).line, lines.length - 1, shown);
  }
});

test('places outside the text are at its ends', () => {
  const index = indexLines('ab\ncd');
  assert.deepEqual(index.positionAt(-1), { line: 0, character: 0 });
  assert.deepEqual(index.positionAt(99), { line: 1, character: 2 });
  assert.equal(index.offsetAt({ line: 9, character: 0 }), 5);
  assert.equal(index.offsetAt({ line: 9, character: 9 }), 5);
  assert.equal(index.offsetAt({ line: -1, character: 1 }), 1);
  assert.equal(index.offsetAt({ line: 0, character: -1 }), 0);
  assert.equal(index.lineStart(2), 5);
});

test('an empty text has one line', () => {
  const index = indexLines('');
  assert.equal(index.lineCount, 1);
  assert.deepEqual(index.positionAt(0), { line: 0, character: 0 });
  assert.equal(index.offsetAt({ line: 0, character: 5 }), 0);
});
