import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { indexLines } from '../../../../server/src/core/read/text/lines/line-index.ts';
import { displayWidth } from '../../../../server/src/core/read/text/words/visible-text.ts';
import { codeFrame } from '../../../../server/src/core/show/report/check/code-frame.ts';

function frame(text: string, token: string, advice: readonly string[] = [], columns = 80): string[] {
  const start = text.indexOf(token);
  const made = codeFrame(text, indexLines(text), { start, end: start + token.length }, advice, columns);
  const { source, carets, rest } = made;
  return [
    source.gutter + source.text,
    carets.gutter + carets.indent + carets.marks + carets.advice,
    ...rest.map(({ gutter, text: row }) => gutter + row),
  ];
}

describe('codeFrame', () => {
  test('puts carets below the token and the advice beside them', () => {
    assert.deepEqual(frame('{\r\n    "lodahs": "1"\r\n}', '"lodahs"', ['Replace it']), [
      '   2 |     "lodahs": "1"',
      '     |     ^^^^^^^^  Replace it',
    ]);
  });

  test('goes by columns, not by characters: tabs, wide and combining characters, emoji', () => {
    assert.deepEqual(frame('\t"日本": "x"', '"日本"'), ['   1 |     "日本": "x"', '     |     ^^^^^^']);
    assert.deepEqual(frame('"日本": "x"', '"x"'), ['   1 | "日本": "x"', '     |         ^^^']);
    assert.deepEqual(frame('"e\u0301😀": x', 'x'), ['   1 | "e\u0301😀": x', '     |        ^']);
  });

  test('shows control characters instead of obeying them', () => {
    const [source, carets] = frame('"a\u001b[2J\u202e": "x"', '"x"');
    assert.equal(source, '   1 | "a␛[2J<U+202E>": "x"');
    assert.equal(carets, '     |                  ^^^');
  });

  test('marks an empty span and one at the end with one caret', () => {
    assert.deepEqual(frame('abc', ''), ['   1 | abc', '     | ^']);
    assert.deepEqual(frame('', ''), ['   1 |', '     | ^']);
  });

  test('of several lines shows the first', () => {
    assert.deepEqual(frame('a {\n  b\n}', '{\n  b\n}'), ['   1 | a {', '     |   ^']);
  });

  test('writes advice that is too long below', () => {
    const rows = frame('    "lodahs": "1"', '"lodahs"', ['Replace it with another one that is better'], 40);
    assert.deepEqual(rows, [
      '   1 |     "lodahs": "1"',
      '     |     ^^^^^^^^',
      '     |     Replace it with another one',
      '     |     that is better',
    ]);
  });

  test('writes two ways to go beside the carets, or below each other', () => {
    const paths = ['Replace it', 'or remove it'];
    assert.deepEqual(frame('    "lodahs": "1"', '"lodahs"', paths).slice(1), [
      '     |     ^^^^^^^^  Replace it; or remove it',
    ]);
    assert.deepEqual(frame('    "lodahs": "1"', '"lodahs"', paths, 40).slice(1), [
      '     |     ^^^^^^^^',
      '     |     Replace it',
      '     |     or remove it',
    ]);
  });

  test('cuts a long line around the token, and stays quick on megabytes', () => {
    const text = `${'x'.repeat(3_000_000)}"token"${'y'.repeat(3_000_000)}`;
    const [source, carets] = frame(text, '"token"', [], 60);
    assert.equal(displayWidth(source!), 60);
    assert.match(source!, /^ {3}1 \| …x+"token"y+…$/);
    assert.equal(carets!.indexOf('^'), source!.indexOf('"token"'));
    assert.equal(carets!.trimEnd().length - carets!.indexOf('^'), 7);
  });

  test('shows as much before the token as what follows leaves free', () => {
    const [source] = frame(`${'x'.repeat(100)}"token",`, '"token"', [], 40);
    assert.equal(source, `   1 | …${'x'.repeat(23)}"token",`);
  });

  test('cuts a token that is wider than the terminal', () => {
    for (const [before, token] of [
      ['', 'a'.repeat(5000)],
      ['  ', '"日'.repeat(60)],
      ['z'.repeat(500), 'b'.repeat(500)],
    ] as const) {
      const [source, carets] = frame(before + token, token, [], 40);
      assert.ok(displayWidth(source!) <= 40, source);
      assert.ok(displayWidth(carets!) <= 40, carets);
      assert.match(source!, /…$/);
      assert.match(carets!, /\^{5,}$/);
    }
  });
});
