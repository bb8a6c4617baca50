import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSplitter } from '../../../../server/src/core/know/registry/documents/split-document.ts';

/** Returns the parts of a document that arrives in pieces of this size; undefined if it is invalid. */
function split(text: string, size = text.length): unknown[] | undefined {
  const reported: unknown[] = [];
  const splitter = createSplitter('parts', {
    wants: (key) => key !== 'readme',
    member: (key, value) => void reported.push([key, value]),
    part: (key, value) => void reported.push(['parts', key, value]),
  });
  for (let at = 0; at < text.length; at += Math.max(size, 1)) splitter.write(text.slice(at, at + size));
  return splitter.end() ? reported : undefined;
}

const DOCUMENTS: readonly (readonly [text: string, reported: unknown[]])[] = [
  ['{}', []],
  ['\ufeff { "a" : 1 } ', [['a', 1]]],
  [
    '{"a":-1.5e3,"b":true,"c":null,"d":"x"}',
    [
      ['a', -1500],
      ['b', true],
      ['c', null],
      ['d', 'x'],
    ],
  ],
  [
    '{"readme":"{[\\"}]\\\\","a":[{"b":"]}"}],"parts":{"1":{"x":"\\"}"},"2":7, "\\u0033":[]},"z":{"parts":{"1":2}}}',
    [
      ['a', [{ b: ']}' }]],
      ['parts', '1', { x: '"}' }],
      ['parts', '2', 7],
      ['parts', '3', []],
      ['z', { parts: { 1: 2 } }],
    ],
  ],
  ['{"parts":{},"a":1}', [['a', 1]]],
  ['{"parts":[1],"readme":{"x":[1,2]}}', [['parts', [1]]]],
  [
    '{"parts":null,"a\\\\":"\\\\"}',
    [
      ['parts', null],
      ['a\\', '\\'],
    ],
  ],
  [
    '{"__proto__":{"x":1},"grüße":"€😀"}',
    [
      ['__proto__', JSON.parse('{"x":1}')],
      ['grüße', '€😀'],
    ],
  ],
];

const BROKEN = [
  '',
  ' ',
  '[]',
  'null',
  '"x"',
  '<html></html>',
  '{',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,',
  '{"a":1,}',
  '{,}',
  '{a:1}',
  '{"a" 1}',
  '{"a":1 "b":2}',
  '{"a":tru}',
  '{"a":"x',
  '{"a":[1}',
  '{"a":{"b":1]}',
  '{"parts":{"1":{}}',
  '{"parts":{"1":{},}}',
  '{"a":1}x',
  '{"a":1}{"b":2}',
  `{"a":${'['.repeat(300)}${']'.repeat(300)}}`,
];

describe('taking a document apart while it arrives', () => {
  for (const [text, reported] of DOCUMENTS) {
    test(text, () => {
      for (const size of [1, 2, 3, 7, text.length])
        assert.deepEqual(split(text, size), reported, `pieces of ${size}`);
    });
  }

  for (const text of BROKEN) {
    test(`broken: ${text.slice(0, 30)}`, () => {
      for (const size of [1, 3, text.length]) assert.equal(split(text, size), undefined, `pieces of ${size}`);
    });
  }

  test('a value over all limits is given up', () => {
    assert.equal(split(`{"a":"${'x'.repeat(17 * 1024 * 1024)}"}`, 65_536), undefined);
    assert.deepEqual(split(`{"readme":"${'x'.repeat(17 * 1024 * 1024)}"}`, 65_536), []);
  });
});
