// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how npm writes its variables.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { readNpmrc } from '../../../../server/src/core/read/config/npm/read-npmrc.ts';

const require = createRequire(createRequire(import.meta.url).resolve('@npmcli/config'));
const ini = require('ini') as { parse(text: string): Record<string, unknown> };

const TEXTS = [
  '',
  'registry=https://npm.example.test/',
  'registry = https://npm.example.test/ ; the mirror\r\n@acme:registry= https://acme.example.test # ours\r\n',
  '\ufeffregistry=https://npm.example.test/\n',
  '; comment\n# comment\n   ; comment\n\n\nignore-scripts\nfund = false',
  'a="quoted ; value" \nb=\'single # value\'\nc="half\nd=\'x\nf="a" ; not quoted\n"key"=v',
  'e=esc\\;aped \\# \\\\ \\x ; gone\ng=trailing\\',
  'ca[]=one\nca[] = two\nca=three\nlist=first\nlist[]=second\n[]=x\nx[]',
  'a=1\n[section]\na=2\nregistry=https://inner.example.test/\n[other] ; no\nb=3',
  '=novalue\n==\na=b=c\n a = b ',
  'a=1\ra=2\r\rb=3',
  '//npm.example.test/:_authToken=${NPM_TOKEN}\n//npm.example.test/:_password="cGFzcw=="',
  '[half\n[a]b=c\n [spaced]\n[]\nk=v',
  'json={"a":1}\nnum=12\nbool="true"\nnothing=null\nempty=\nempty2="" ',
  'u=\u2028x\nv=\u00e4\u{1F600}z',
];

describe('readNpmrc', () => {
  test('reads what npm reads', () => {
    for (const text of TEXTS) assert.deepEqual(asNpmSeesIt(text), fromOracle(text), JSON.stringify(text));
  });

  test('reads what npm reads in random texts of the same pieces', () => {
    const pieces = [
      'a',
      'b[]',
      '=',
      ' ',
      '"',
      "'",
      ';',
      '#',
      '\\',
      '\n',
      '\r\n',
      '[',
      ']',
      '1',
      '${X}',
      '\ufeff',
      'true',
    ];
    const random = randomNumbers(7);
    for (let round = 0; round < 4000; round++) {
      const length = 1 + (random() % 14);
      const text = Array.from({ length }, () => pieces[random() % pieces.length]).join('');
      const expected = fromOracle(text);
      if (expected === undefined) continue;
      assert.deepEqual(asNpmSeesIt(text), expected, JSON.stringify(text));
    }
  });

  test('spans cover the tokens and nothing more', () => {
    const text = '# head\r\n  @acme:registry = https://acme.example.test  ; ours\r\n"quoted"="v"\r\nflag\r\n';
    const entries = readNpmrc('file:///p/.npmrc', text, 'project').entries;
    const cut = (span: { start: number; end: number }) => text.slice(span.start, span.end);
    assert.deepEqual(
      entries.map((entry) => [cut(entry.keySpan), cut(entry.valueSpan), cut(entry.lineSpan)]),
      [
        [
          '@acme:registry',
          'https://acme.example.test',
          '  @acme:registry = https://acme.example.test  ; ours',
        ],
        ['"quoted"', '"v"', '"quoted"="v"'],
        ['flag', 'flag', 'flag'],
      ],
    );
  });

  test('says which lines npm leaves out', () => {
    const { entries, problems } = readNpmrc('file:///p/.npmrc', 'a=1\n=2\n[s]\nb=3\n', 'project');
    assert.deepEqual(
      entries.map((entry) => entry.key),
      ['a'],
    );
    assert.deepEqual(
      problems.map((problem) => problem.span),
      [
        { start: 4, end: 6 },
        { start: 7, end: 10 },
      ],
    );
  });
});

/** Returns npm's top-level settings as strings; lists as arrays of strings. */
function fromOracle(text: string): Record<string, unknown> | undefined {
  let parsed: Record<string, unknown>;
  try {
    parsed = ini.parse(text);
  } catch {
    return undefined; // npm itself fails on such a text.
  }
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parsed)) {
    if (Array.isArray(value)) result[key] = value.map(asText);
    else if (typeof value !== 'object' || value === null) result[key] = asText(value);
  }
  return result;
}

function asText(value: unknown): string {
  return String(value);
}

function asNpmSeesIt(text: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { key, value, list } of readNpmrc('file:///p/.npmrc', text, 'project').entries) {
    const before = result[key];
    if (list) result[key] = [...(before === undefined ? [] : [before].flat()), value];
    else if (Array.isArray(before)) before.push(value);
    else result[key] = value;
  }
  return result;
}

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 8;
  };
}
