import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteWindow } from '../../../../server/src/core/read/text/json/byte-window.ts';
import { scanJson } from '../../../../server/src/core/read/text/json/json-scan.ts';
import { textBytes } from '../../../../server/src/core/read/text/text-bytes.ts';

test('a window has the bytes of its stretch of the text, and zeros behind it', () => {
  const text = Array.from({ length: 20_000 }, (_, at) => `${at}é `).join('');
  const { bytes } = textBytes(text);
  const window = new ByteWindow(text);
  let at = 0;
  let moves = 0;
  while (at < text.length) {
    const limit = window.moveTo(at);
    assert.equal(window.start, at);
    assert.ok(limit > at);
    const there = window.both.bytes.subarray(0, limit - at);
    assert.deepEqual(there, bytes.subarray(at, limit));
    at = limit;
    moves++;
  }
  assert.ok(moves > 2);
  assert.deepEqual(
    [...window.both.bytes.subarray(text.length - window.start)].filter((byte) => byte !== 0),
    [],
  );
});

/** Returns a tape without the members that depend on how the text is stored. */
function tapeOf(text: string) {
  const { records, end, problems, escapedKeys, unclosed } = scanJson(text);
  return { records: records.slice(0, end), problems, escapedKeys, unclosed };
}

test('wherever a window ends, the text is read as without windows', () => {
  const members = [
    '"name": "value"',
    '"é": "ü"',
    '"a\\u0041": "\\n"',
    '"list": ["a", "b", true, 1]',
    '"object": {"a": {"b": "c"}, "d": []}',
    `"long": "${'x'.repeat(40_000)}"`,
    `"spaces":${' '.repeat(70_000)}"x"`,
    '"true": true',
  ];
  for (let shift = 0; shift < 60; shift++) {
    const lines = Array.from({ length: 4000 }, (_, at) => `  ${members[(at * 7 + shift) % 5]}`);
    lines.splice(1000, 0, ...members.slice(5));
    const text = `{\n${' '.repeat(shift)}${lines.join(',\n')},\n  "end": "x"\n}\n`;
    // Texts with such a character are not scanned as bytes.
    const other = text.replace('"x"\n}', '"\u2026"\n}');
    assert.deepEqual(tapeOf(text), tapeOf(other), `shifted by ${shift}`);
  }
});
