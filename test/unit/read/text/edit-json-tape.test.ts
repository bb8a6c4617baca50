import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { editJsonTape } from '../../../../server/src/core/read/text/json/edit-json-tape.ts';
import { scanJson } from '../../../../server/src/core/read/text/json/json-scan.ts';
import type { JsonScanOptions, JsonTape } from '../../../../server/src/core/read/text/json/json-tape.ts';
import { changeOf } from '../../../../server/src/core/read/text/text-change.ts';
import { randomSource } from './random-source.ts';

const CORPUS = join(import.meta.dirname, '../../../../../shared/corpus');
const LENIENT: JsonScanOptions = { lenient: true };

const MADE = `{
  "a": { "b": [1, [true, "x", [[]]], {}], "c\\u0041": "d" },
  "packages": {
    "": { "name": "shop" },
    "node_modules/a": { "version": "1.0.0", "dev": true, "os": ["linux"] },
    "node_modules/\\"b": { "version": "2.0.0\\n" }
  },
  "last": null
}
`;

const PIECES = [
  '"',
  '"b": "2",',
  ', "\\u0062": 3',
  ', 4',
  ',',
  '{',
  '}',
  '[]',
  '[',
  ']',
  ':',
  '\\',
  '1',
  'true',
  '\n',
  ' ',
  '//',
  '/*',
  '*/',
  '}, {"b": 1',
  '], [1',
  '',
];

/** Returns the content of a tape, without the unused room at its end. */
function said({ text, records, end, problems, escapedKeys, unclosed }: JsonTape) {
  return { text, records: records.slice(0, end), problems, keys: [...escapedKeys], unclosed: [...unclosed] };
}

/** Returns how many of the edits were applied without rescanning everything. Each starts from the previous result. */
function editAtRandom(whole: string, rounds: number, seed: number, options?: JsonScanOptions): number {
  const random = randomSource(seed);
  let text = whole;
  let tape = scanJson(text, options);
  let taken = 0;
  for (let round = 0; round < rounds; round++) {
    const at = random.below(text.length + 1);
    const end = Math.min(at + random.below(4), text.length);
    const added = random.pick(PIECES);
    const next = text.slice(0, at) + added + text.slice(end);
    const edited = editJsonTape(tape, next, changeOf({ start: at, end }, added), options);
    if (edited === undefined) continue;
    taken++;
    assert.deepEqual(said(edited), said(scanJson(next, options)));
    tape = edited;
    text = next;
  }
  return taken;
}

describe('the tape of an edited text', () => {
  const cases: readonly [string, string, string][] = [
    ['a value', '"1.0.0"', '"1.0.1-beta"'],
    ['a value of the same length', '"1.0.0"', '"1.0.1"'],
    ['a key', '"node_modules/a"', '"node_modules/b"'],
    ['a member more', '"dev": true', '"dev": true, "optional": true'],
    ['a member less', ', "dev": true', ''],
    ['the only item', '["linux"]', '[]'],
    ['an item of a list in lists', '[[]]', '[[2]]'],
    ['an entry more', '    "node_modules/a"', '    "node_modules/c": {},\n    "node_modules/a"'],
    ['blanks', '"packages": {', '"packages":\t\r\n{ '],
  ];
  for (const [what, before, after] of cases) {
    test(`${what}: is that of the whole`, () => {
      const start = MADE.indexOf(before);
      const next = MADE.replace(before, () => after);
      const change = changeOf({ start, end: start + before.length }, after);
      assert.deepEqual(said(editJsonTape(scanJson(MADE), next, change)!), said(scanJson(next)));
    });
  }

  const refused: readonly [string, string, string][] = [
    ['an open string', '"1.0.0"', '"1.0.0'],
    ['a missing comma', '"1.0.0",', '"1.0.0"'],
    ['a bracket', '"os": [', '"os": ]['],
    ['a comment', '"os"', '/* */ "os"'],
    ['a comma at the end', '"x", [[]]', '"x", [[]],'],
  ];
  for (const [what, before, after] of refused) {
    test(`${what}: the whole is to be scanned`, () => {
      const start = MADE.indexOf(before);
      const next = MADE.replace(before, () => after);
      const change = changeOf({ start, end: start + before.length }, after);
      assert.equal(editJsonTape(scanJson(MADE), next, change), undefined);
    });
  }

  test('too deep: the whole is to be scanned', () => {
    const text = `${'['.repeat(499)}1${']'.repeat(499)}`;
    const at = text.indexOf('1');
    const edit = (added: string) =>
      editJsonTape(scanJson(text), text.replace('1', added), changeOf({ start: at, end: at + 1 }, added));
    assert.ok(edit('[]') !== undefined);
    assert.equal(edit('[[]]'), undefined);
  });

  test('after 40,000 random edits', () => {
    let strict = 0;
    let lenient = 0;
    for (let seed = 1; seed <= 40; seed++) {
      strict += editAtRandom(MADE, 500, seed);
      lenient += editAtRandom(MADE, 500, seed, LENIENT);
    }
    assert.ok(strict > 2000 && lenient > 2000, `${strict} ${lenient}`);
  });
});

const files = existsSync(CORPUS)
  ? globSync('*/{package-lock.json,npm-shrinkwrap.json,bun.lock}{,.gz}', { cwd: CORPUS }).sort()
  : [];
if (files.length === 0) console.log('no corpus');
else {
  test('the tapes of real lockfiles that are edited', () => {
    let taken = 0;
    for (const [at, file] of files.entries()) {
      const bytes = readFileSync(join(CORPUS, file));
      const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      taken += editAtRandom(text, 12, at + 1, file.includes('bun.lock') ? LENIENT : undefined);
    }
    assert.ok(taken > 30, String(taken));
  });
}

test('an edit that closes what it stands in, and opens another, is not taken in', () => {
  for (const [text, from, added] of [
    ['{"a": {"x": 1, "y": 2}}', ', "y"', '}, {"y"'],
    ['{"a": [1, 2]}', ', 2', '], [2'],
    ['[[[1, 2]]]', ', 2', ']], [[2'],
  ] as const) {
    const start = text.indexOf(from);
    const after = text.replace(from, added);
    const edited = editJsonTape(scanJson(text), after, changeOf({ start, end: start + from.length }, added));
    assert.deepEqual((edited ?? scanJson(after)).problems, scanJson(after).problems, after);
  }
});
