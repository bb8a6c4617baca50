import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  byteClass,
  classEnd,
  spacesEnd,
  textBytes,
  WIDE,
} from '../../../../server/src/core/read/text/text-bytes.ts';

describe('the bytes of a text', () => {
  for (const text of ['', 'abc', 'a\n  "b": 1\r\n', 'é', 'a\u{1f600}b', '\ud800x', 'ÿ\u0120\u0122', '\0a']) {
    test(`stand where its characters stand: ${JSON.stringify(text)}`, () => {
      const { bytes } = textBytes(text);
      const expected = Array.from({ length: text.length }, (_, at) => Math.min(text.charCodeAt(at), WIDE));
      const ascii = expected.map((code) => (code < 0x80 ? code : WIDE));
      assert.deepEqual([...bytes.subarray(0, text.length)], ascii);
      assert.deepEqual([...bytes.subarray(text.length)], [0, 0, 0, 0, 0, 0, 0, 0]);
    });
  }
});

test('runs of spaces and of a class end at the first other character, and with the text', () => {
  const word = byteClass('abcdefgh');
  for (let length = 0; length < 12; length++) {
    for (const rest of ['', 'X', '\t', 'é', '\n']) {
      assert.equal(spacesEnd(textBytes(`x${' '.repeat(length)}${rest}`), 1), 1 + length);
      const text = `-${'abcdefghabcdefgh'.slice(0, length)}${rest}`;
      assert.equal(classEnd(textBytes(text).bytes, word, 1), 1 + length);
    }
  }
});
