import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  controlCharactersIn,
  firstControl,
  oddCharacters,
} from '../../../../server/src/core/read/text/json/control-characters.ts';
import { scanJson } from '../../../../server/src/core/read/text/json/json-scan.ts';

const CONTROLS = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter(
  (character) => !'\t\n\r'.includes(character),
);

test('each control character is found, in texts of both kinds, and nothing else is', () => {
  for (const around of ['a', 'é', 'ā', '\u{1f600}']) {
    assert.equal(firstControl(`${around}\t\r\n \x7f${around}`), -1);
    for (const control of CONTROLS) {
      assert.equal(
        firstControl(`${around} ${control}${around}\x1f`),
        around.length + 1,
        JSON.stringify(control),
      );
    }
  }
  assert.equal(firstControl('ab\x1fcd\0'), 2);
  assert.equal(firstControl('ab\0cd\x1f'), 2);
});

test('those in strings of JSON are found where JSON.parse does not read them', () => {
  for (const character of ['\0', '\x08', '\t', '\v', '\r', '\x1f', ' ', '\x7f', '\u2028']) {
    for (const text of [
      `{"a":"b${character}c"}`,
      `{"a${character}":1}`,
      `["${character}"]`,
      `[1,${character}2]`,
    ]) {
      const found = controlCharactersIn(scanJson(text), 10);
      let isRead = true;
      try {
        JSON.parse(text);
      } catch {
        isRead = false;
      }
      // The scan itself reports what is between tokens.
      const isFound = found.length > 0 || scanJson(text).problems.length > 0;
      assert.equal(isFound, !isRead, JSON.stringify(text));
      for (const { start, end } of found) assert.equal(text.slice(start, end), character);
    }
  }
});

test('of very many the first are given, in the order of the text', () => {
  const found = controlCharactersIn(scanJson(`["a\tb","\0","c\td","\x01"]`), 3);
  assert.equal(found.length, 3);
  assert.deepEqual(
    found.map(({ start }) => start),
    found.map(({ start }) => start).sort((a, b) => a - b),
  );
});

test('a carriage return that ends no line is odd, and one that does is not', () => {
  assert.deepEqual(oddCharacters('a\r\nb\r\n'), []);
  for (const text of ['a\rb', 'a\r', 'a\r\r\n', '\r']) {
    const [problem] = oddCharacters(text);
    assert.equal(problem?.span.start, text.indexOf('\r'));
  }
  assert.equal(oddCharacters('a\0\r').length, 2);
});
