import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scanJson } from '../../../../server/src/core/read/text/json/json-scan.ts';
import {
  childrenOf,
  decodeString,
  isArray,
  isObject,
  isString,
  type JsonTape,
  memberOf,
  NONE,
  type Token,
  tokenSpan,
  valueToken,
} from '../../../../server/src/core/read/text/json/json-tape.ts';
import { cpuTime } from '../../../cpu-time.ts';

/** Returns the value of a tape; keys without a value and duplicates as they are in the tape. */
function build(tape: JsonTape, token: Token): unknown {
  if (token === NONE) return undefined;
  if (isObject(tape, token)) {
    return Object.fromEntries(
      [...childrenOf(tape, token)].map((key) => [
        decodeString(tape, key),
        build(tape, valueToken(tape, key)),
      ]),
    );
  }
  if (isArray(tape, token)) return [...childrenOf(tape, token)].map((item) => build(tape, item));
  if (isString(tape, token)) return decodeString(tape, token);
  const { start, end } = tokenSpan(tape, token);
  try {
    return JSON.parse(tape.text.slice(start, end));
  } catch {
    return undefined;
  }
}

function read(text: string, options = {}): unknown {
  const tape = scanJson(text, options);
  return build(tape, tape.end === 0 ? NONE : 0);
}

const VALID = [
  '{}',
  '[]',
  'null',
  ' 12 ',
  '"a"',
  '-0.5e+3',
  '{"a":1}',
  '{"a":{"b":{"c":[]}},"d":[{},{"e":[1,[2]]}]}',
  '{ "a" : "b" , "c" : true }',
  '{\r\n\t"a": "b",\r\n\t"c": [1, 2,\r\n 3]\r\n}\r\n',
  '{"a\\"b":"c\\\\","d\\u0041":"\\/\\n"}',
  '{"a":"\\\\","b":"x\\"y\\"","c":"z"}',
  '{"":"","__proto__":{"x":1},"constructor":2}',
  `{"long":"${'x'.repeat(500)}","more":{"a":"b","c":"d","e":true,"f":null,"g":false}}`,
  '{"name":"a","version":"1","dev":true,"optional":true,"x":{"y":"z"},"end":true}',
  '[\n  "a",\n  "b"\n]',
  '"\u00e9\ud83d\ude00"',
];

describe('a tape of JSON', () => {
  for (const text of VALID) {
    test(text.slice(0, 40).replaceAll(/\s+/g, ' '), () => {
      const tape = scanJson(text);
      assert.deepEqual(tape.problems, []);
      assert.deepEqual(JSON.stringify(read(text)), JSON.stringify(JSON.parse(text)));
      assert.deepEqual(
        JSON.stringify(read(text, { trustIndentation: true })),
        JSON.stringify(JSON.parse(text)),
      );
    });
  }

  test('a byte order mark is no part of it', () => {
    assert.deepEqual(scanJson('\ufeff{"a":1}').problems, []);
    assert.deepEqual(read('\ufeff{"a":1}'), { a: 1 });
  });

  test('spans cover quotes and brackets', () => {
    const text = '{ "a": "bc", "d": [1] }';
    const tape = scanJson(text);
    const cut = (token: Token) => text.slice(tokenSpan(tape, token).start, tokenSpan(tape, token).end);
    assert.equal(cut(0), text);
    assert.equal(cut(memberOf(tape, 0, 'a')), '"bc"');
    assert.equal(cut(memberOf(tape, 0, 'd')), '[1]');
    assert.equal(memberOf(tape, 0, 'x'), NONE);
  });

  test('an escaped key is found by its name, and of duplicates the last', () => {
    const tape = scanJson('{"a": 1, "\\u0061": 2}');
    assert.equal(tokenSpan(tape, memberOf(tape, 0, 'a')).start, 19);
  });
});

describe('a tape of broken text', () => {
  const cases: readonly (readonly [text: string, value: unknown, problem: string])[] = [
    ['', undefined, 'there is no value'],
    ['{', {}, 'the text ends before its brackets are closed'],
    ['{"a"}', { a: undefined }, 'a value is missing'],
    ['{"a":}', { a: undefined }, 'a value is missing'],
    ['{"a":\n"b": 1}', { a: undefined, b: 1 }, 'a value is missing'],
    ['{"a"\n"b": 1}', { a: undefined, b: 1 }, 'a value is missing'],
    ['{"a": 1\n"b": 2}', { a: 1, b: 2 }, 'a comma is missing'],
    ['{"a": 1,, "b": 2}', { a: 1, b: 2 }, 'this comma separates nothing'],
    ['{"a": "x\n,"b": 2}', { a: 'x', b: 2 }, 'a string is not closed'],
    ['{"a": tru}', { a: undefined }, 'this is neither a key nor a value'],
    ['{a: 1}', {}, 'this is neither a key nor a value'],
    ['{"a": 01}', { a: undefined }, 'this is neither a key nor a value'],
    ['{"a": "\\q"}', { a: '\\q' }, 'this escape is unknown'],
    ['{"a": [1}', { a: [1] }, 'this bracket closes nothing'],
    ['{"a": 1} x', { a: 1 }, 'unexpected text after the end'],
    ['{"a": 1 /* b', { a: 1 }, 'a comment is not closed'],
    ['{{"a": 1}}', { '': { a: 1 } }, 'a key is missing'],
    ['{"a" {"b": 1}}', { a: { b: 1 } }, 'a colon is missing'],
  ];
  for (const [text, value, problem] of cases) {
    test(JSON.stringify(text), () => {
      assert.deepEqual(read(text), value);
      assert.ok(scanJson(text).problems.some(({ message }) => message === problem));
    });
  }

  test('comments and trailing commas are problems of their own kind, or none', () => {
    const text = '// a\n{"a": [1,], /* b */ "c": 2,}';
    assert.deepEqual(read(text), { a: [1], c: 2 });
    assert.deepEqual(
      scanJson(text).problems.map(({ kind }) => kind),
      ['comment', 'trailing-comma', 'comment', 'trailing-comma'],
    );
    assert.deepEqual(scanJson(text, { lenient: true }).problems, []);
  });

  test('both sides of a merge conflict are read', () => {
    const text = '{\n<<<<<<< ours\n  "a": 1,\n=======\n  "b": 2,\n>>>>>>> theirs\n  "c": 3\n}\n';
    assert.deepEqual(read(text), { a: 1, b: 2, c: 3 });
    const { problems } = scanJson(text);
    assert.deepEqual(
      problems.map(({ kind, span }) => [kind, text.slice(span.start, span.end)]),
      [
        ['conflict', '<<<<<<< ours'],
        ['conflict', '======='],
        ['conflict', '>>>>>>> theirs'],
      ],
    );
  });

  test('indentation tells which bracket is missing or too many', () => {
    const missing = '{\n  "a": {\n    "x": 1,\n  "b": {\n    "y": 2\n  },\n  "c": 3\n}\n';
    assert.deepEqual(read(missing, { trustIndentation: true }), { a: { x: 1 }, b: { y: 2 }, c: 3 });
    const extra = '{\n  "a": {\n    "x": 1\n    }\n  },\n  "b": 2\n}\n';
    assert.deepEqual(read(extra, { trustIndentation: true }), { a: { x: 1 }, b: 2 });
  });

  test('strict where JSON.parse is strict: each one-character change of a text', () => {
    const text = '{"a": {"b": "c\\n", "d": [1, true]},"e": true, "f": "g", "h": null}';
    for (let at = 0; at < text.length; at++) {
      for (const character of ['', '"', '\\', '{', ']', ',', ':', 'x', '\n', '/', '0']) {
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        let parses = true;
        try {
          JSON.parse(changed);
        } catch {
          parses = false;
        }
        assert.equal(scanJson(changed).problems.length === 0, parses, changed);
        // The fast path for plain members needs some text after them.
        const padded = scanJson(`${changed}${' '.repeat(20)}`);
        assert.equal(padded.problems.length === 0, parses, changed);
      }
    }
  });
});

describe('hostile text takes linear time', () => {
  const SIZE = 400_000;
  const texts = {
    brackets: '['.repeat(SIZE),
    'braces and keys': '{"a":'.repeat(SIZE / 5),
    quotes: '"'.repeat(SIZE),
    'unclosed strings': '"a\n'.repeat(SIZE / 3),
    'one unclosed string': `"${'a'.repeat(SIZE)}`,
    'escaped quotes': `"${'\\"'.repeat(SIZE / 2)}`,
    'unclosed strings before a far quote': `${'"a\n'.repeat(2)}${'b\n'.repeat(SIZE / 2)}"`,
    commas: `[${','.repeat(SIZE)}`,
    colons: `{${':'.repeat(SIZE)}`,
    words: 'x '.repeat(SIZE / 2),
    digits: '1'.repeat(SIZE),
    comments: '/*'.repeat(SIZE / 2),
    spaces: `${' '.repeat(SIZE)}x`,
    markers: '<<<<<<< a\n'.repeat(SIZE / 10),
    'indented brackets': `[${'\n  }'.repeat(SIZE / 4)}`,
    'closing by indentation': `{${'\n  "a": {\n   "b": {'.repeat(SIZE / 20)}`,
  };
  for (const [name, text] of Object.entries(texts)) {
    test(name, () => {
      const start = cpuTime();
      for (const trustIndentation of [false, true]) {
        const tape = scanJson(text, { trustIndentation });
        assert.ok(tape.problems.length > 0 || name === 'digits');
        for (const { span } of tape.problems) assert.ok(span.start >= 0 && span.end <= text.length);
      }
      assert.ok(cpuTime() - start < 1500, 'well under what quadratic time would take');
    });
  }
});
