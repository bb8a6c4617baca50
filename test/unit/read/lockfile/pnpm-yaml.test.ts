import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { scanYaml } from '../../../../server/src/core/read/lockfile/pnpm/yaml-scan.ts';
import {
  childrenOf,
  isEmpty,
  isMapping,
  isScalar,
  keyOf,
  type Node,
  nodeSpan,
  scalarOf,
  type YamlTape,
} from '../../../../server/src/core/read/lockfile/pnpm/yaml-tape.ts';
import { cpuTime } from '../../../cpu-time.ts';

/** Returns the content of the tape as plain values; scalars are text and empty values are "". */
function plainValue(tape: YamlTape, node: Node): unknown {
  if (isMapping(tape, node)) {
    return Object.fromEntries(
      [...childrenOf(tape, node)].map((child) => [keyOf(tape, child), plainValue(tape, child)]),
    );
  }
  if (isScalar(tape, node)) return scalarOf(tape, node);
  return isEmpty(tape, node) ? '' : [...childrenOf(tape, node)].map((child) => plainValue(tape, child));
}

/** Returns the result of the package `yaml`; undefined if it reports an error. */
function oracle(text: string): unknown {
  const documents = parseAllDocuments(text, { schema: 'failsafe', logLevel: 'silent' });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const json = JSON.stringify(documents.map((document) => document.toJS()));
  return JSON.parse(json, (_key, value) => value ?? '');
}

const TEXTS: Readonly<Record<string, string>> = {
  'what pnpm 9 writes':
    "lockfileVersion: '9.0'\n\npackages:\n\n  '@a/b@1.0.0':\n    resolution: {integrity: sha512-ab==}\n    cpu: [x64, '!arm']\n    engines: {node: '>=6', npm: ^1 || ^2}\n\nsnapshots:\n\n  '@a/b@1.0.0': {}\n",
  'what pnpm 3 writes':
    "packages:\n  /a/1.0.0:\n    engines:\n      node: '>= 1'\n    resolution:\n      integrity: sha1-a=\n",
  'what Prettier makes of it':
    'packages:\n  "@a/b@1.0.0":\n    resolution:\n      {\n        integrity: sha512-ab==,\n        tarball: https://host.example.test/a.tgz,\n      }\n    engines: { node: ">=6" }\n    deprecated:\n      A text of many words that goes on\n      on the next line\n\n      and in a paragraph.\n',
  'lists below their keys': 'a:\n- b\n- c: d\n  e: f\n-\n  - g\n- - h\n  - i\nj: []\n',
  'a list of mappings':
    'a:\n  - b:\n      c: d\n    e:\n      - f: g\n        h: i\n  - {j: k, l: [m, {n: o}]}\n',
  'single quotes': "a: 'it''s'\n'b''c': d\ne: ''\nf: 'two\n  lines\n\n  and a third'\n",
  'double quotes':
    'a: "\\U0001F6A8 \\u00e9\\n \\"b\\" \\\\"\n"c\\td": e\nf: "two\n  lines, \\\n  joined"\ng: ""\n',
  'block texts':
    'a: |-\n  one\n    two\n\n  three\nb: >-\n  one\n  two\n\n  three\n    four\n  five\nc: |\n  x\n\nd: |+\n  x\n\ne: |2-\n   x\n  y\nf: >\n  g\nh: |-\ni: j\n',
  'texts on several lines': 'a: one\n  two\n\n  three\nb:\n  four\n    five\nc: d\n',
  comments: '# one\na: b # two\n  # three\nc: # four\n  d: e#f\n"g": "h" # five\ni: {j: k} # six\n#seven\n',
  'values with colons': 'a: https://host.example.test:80/b\nb:c: d\ne : f\n',
  'keys behind question marks': `packages:\n  ? ${'a'.repeat(40)}\n  : b: c\n    d:\n      e: f\n  ? 'g'\n  : {}\nh: i\n`,
  documents: '---\na: b\n---\nc: d\n...\n---\ne: f\n',
  'a document on its line': '--- {a: b}\n',
  'empty values': 'a:\nb:\n  c:\nd: {}\ne: []\nf: [a, ]\n',
  JSON: '{\n\t"a": {"b": [1, true, null]},\n\t"c":"d"\n}\n',
  'flow on many lines': 'a: {b: c,\n    d: [e,\n     f # g\n    ],\n\n    h: two\n      words }\ni: j\n',
  'CRLF and a byte order mark':
    '\ufeffa: b\r\nc:\r\n  d: |-\r\n    e\r\n    f\r\n  g: {h: i}\r\n\r\nj: "k\r\n  l"\r\n',
  'no line end': 'a: b\nc: d',
};

describe('scanYaml', () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    test(`reads ${name} as yaml does`, () => {
      const tape = scanYaml(text);
      assert.deepEqual(tape.problems, []);
      const expected = oracle(text);
      assert.notEqual(expected, undefined);
      assert.deepEqual(
        tape.documents.map((document) => plainValue(tape, document)),
        expected,
      );
    });
  }

  const broken: readonly (readonly [string, string, RegExp, number])[] = [
    ['a key without a colon', 'a: b\nc\nd: e\n', /without a colon/, 2],
    ['an open string', "a: b\nc: 'd\ne: f\n", /not closed/, 2],
    ['a wrong escape', 'a: "\\q"\n', /wrong escape/, 1],
    ['an open bracket', 'a: {b: c\nd: e\n', /bracket is not closed/, 1],
    ['a wrong bracket', 'a: {b: c]\n', /another bracket/, 1],
    ['a missing comma', 'a: {b: "c" d: e}\n', /comma is missing/, 1],
    ['an anchor', 'a: &b c\n', /begins with &/, 1],
    ['an alias', 'a: *b\n', /begins with \*/, 1],
    ['a merge key', 'a:\n  b: c\n  <<: {d: e}\nf: g\n', /no key "<<"/, 3],
    ['a merge key with lines below it', 'a:\n  <<:\n    b: c\n  d: e\n', /no key "<<"/, 2],
    ['a merge key in single quotes', "a:\n  '<<': {b: c}\n", /no key "<<"/, 2],
    ['a merge key in double quotes', 'a:\n  "\\x3c<": {b: c}\n', /no key "<<"/, 2],
    ['a merge key behind a question mark', 'a:\n  ? <<\n  : {b: c}\n', /no key "<<"/, 2],
    ['a merge key in a list', 'a:\n  - <<: {b: c}\n', /no key "<<"/, 2],
    ['a merge key in a flow', "a: {b: c, <<: {d: 'e'}}\n", /no key "<<"/, 1],
    ['a quoted merge key in a flow', "a: {b: c, '<<': {d: e}}\n", /no key "<<"/, 1],
    ['a tag', 'a: !!str b\n', /begins with !/, 1],
    ['a directive', '%YAML 1.2\n---\na: b\n', /directives/, 1],
    ['two colons', 'a: b: c\n', /second colon/, 1],
    ['a tab', 'a:\n\tb: c\n', /without a colon|tab/, 2],
    ['a line out of place', 'a:\n    b: c\n  d: e\n', /indented/, 3],
    ['a line below a value', 'a: {}\n  b: c\n', /indented/, 2],
    ['a key that appears twice', 'a: b\nc: d\na: e\n', /"a" appears twice/, 3],
    ['a key that appears twice in other quotes', "a: b\n'a': d\n", /"a" appears twice/, 2],
    ['a key that appears twice in a flow', 'a: {b: c, b: d}\n', /"b" appears twice/, 1],
    ['text behind a value', "a: 'b' c\n", /after the value/, 1],
    ['a key without its value', '? a\nb: c\n', /without a value/, 1],
    [
      'a merge conflict',
      'a: b\n<<<<<<< ours\nc: d\n=======\nc: e\n>>>>>>> theirs\nf: g\n',
      /merge conflict/,
      2,
    ],
  ];
  for (const [name, text, message, line] of broken) {
    test(`reports ${name}, and reads on`, () => {
      const tape = scanYaml(text);
      assert.match(tape.problems[0]?.message ?? '', message);
      assert.equal(text.slice(0, tape.problems[0]!.span.start).split('\n').length, line);
      assert.equal(tape.problems.length, 1);
      assert.ok(tape.damaged.some(({ start, end }) => start <= tape.problems[0]!.span.start && end > start));
    });
  }

  test('whichever way a key is written, that it appears twice is seen', () => {
    const meant: Readonly<Record<string, string>> = {
      ab: 'ab',
      "'ab'": 'ab',
      '"ab"': 'ab',
      '"a\\x62"': 'ab',
      '"\\x61b"': 'ab',
      "''": '',
      '""': '',
      "''''": "'",
      '"\'"': "'",
      é: 'é',
      '"\\xe9"': 'é',
      B: 'B',
      aB: 'aB',
    };
    for (const one of Object.keys(meant)) {
      for (const other of Object.keys(meant)) {
        for (const between of ['', 'a: 1\n', 'b: 1\n', 'z: 1\n', "'!': 1\n"]) {
          const text = `${one}: 1\n${between}${other}: 1\n`;
          const { problems } = scanYaml(text);
          assert.equal(problems.length, meant[one] === meant[other] ? 1 : 0, JSON.stringify(text));
        }
      }
    }
  });

  test('a line that cannot be read spoils its own entry only', () => {
    const text = 'a:\n  x: 1\nb\n  x: 2\nc:\n  x: "3\nd:\n  x: 4\n';
    const tape = scanYaml(text);
    const members = [...childrenOf(tape, tape.documents[0]!)];
    assert.deepEqual(
      members.map((node) => keyOf(tape, node)),
      ['a', 'b', 'c', 'd'],
    );
    const isSpoilt = (node: Node) => {
      const { start, end } = nodeSpan(tape, node);
      return tape.damaged.some((span) => span.start < end && span.end > start);
    };
    assert.deepEqual(members.map(isSpoilt), [false, true, true, false]);
  });

  test('mutated texts that it finds no fault with are those that yaml reads alike', () => {
    const random = randomNumbers(20261125);
    const sources = Object.values(TEXTS);
    let alike = 0;
    for (let round = 0; round < 4000; round++) {
      const text = mutate(sources[random(sources.length)]!, random);
      const tape = scanYaml(text);
      if (tape.problems.length > 0) continue;
      const expected = oracle(text);
      // A lone carriage return is white space here and a line end there; an empty document before "..." is omitted.
      if (/\r(?!\n)|^\.\.\./m.test(text) || /^ *\t\s*$/m.test(text)) continue;
      alike++;
      assert.deepEqual(
        tape.documents.map((document) => plainValue(tape, document)),
        expected,
        JSON.stringify(text),
      );
    }
    assert.ok(alike > 500, `${alike} were compared`);
  });

  test('takes time linear to the text, whatever that is', () => {
    const repeated = [
      "a: 'x\n",
      "'a\n",
      'a: "\\"\n',
      'a: {b: \n',
      '- ',
      'a: [',
      'a: b: c\n',
      'a #\n',
      ':a',
      '? a\n',
      '---\n',
      'a: |\n\n',
      'a: b\n  c\n',
    ];
    for (const part of repeated) {
      const text = part.repeat(Math.ceil(400_000 / part.length));
      const started = cpuTime();
      scanYaml(text);
      const took = cpuTime() - started;
      assert.ok(took < 3000, `${JSON.stringify(part)} took ${took} ms`);
    }
  });
});

const SIGNS = [
  "'",
  '"',
  ':',
  ': ',
  '\n',
  ' ',
  '  ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '#',
  ' #',
  '|',
  '>-',
  '? ',
  '---\n',
  "''",
  '\\',
];

function mutate(source: string, random: (below: number) => number): string {
  let text = source;
  for (let change = 1 + random(3); change > 0; change--) {
    const at = random(text.length + 1);
    switch (random(3)) {
      case 0:
        text = text.slice(0, at) + text.slice(at + 1 + random(4));
        break;
      case 1:
        text = text.slice(0, at) + SIGNS[random(SIGNS.length)] + text.slice(at);
        break;
      default: {
        const from = random(text.length + 1);
        text = text.slice(0, at) + text.slice(from, from + random(30)) + text.slice(at);
      }
    }
  }
  return text;
}

function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
