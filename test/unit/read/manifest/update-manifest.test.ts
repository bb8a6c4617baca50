import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Manifest } from '../../../../server/src/core/read/manifest/manifest.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import { updateManifest } from '../../../../server/src/core/read/manifest/update-manifest.ts';
import { changeOf, joinChanges } from '../../../../server/src/core/read/text/text-change.ts';
import { randomSource } from '../text/random-source.ts';

const URI = 'file:///package.json';
const CORPUS = join(import.meta.dirname, '../../../../../shared/corpus');

const MADE = `{
  "name": "shop",
  "dependencies": {
    "//": "comments stand under such keys",
    "zod": "^3.0.0", "a": "1", "nested": { "version": "1" },
    "@acme/ui": "npm:@acme/other@^1.0.0",
    "": "none"
  },
  "scripts": { "test": "node --test" },
  "devDependencies": {},
  "overrides": { "a": { "b": "1" } },
  "dependencies": { "zod": "^4.0.0" },
  "workspaces": ["packages/*"],
  "version": "1.0.0"
}
`;

/** Typical typed texts, and texts that break the file. */
const PIECES = [
  '"',
  '"b": "2",',
  ', "c": "3"',
  ',',
  '{',
  '}',
  ':',
  '\\',
  '1',
  '^2.0.0',
  '\n',
  ' ',
  '//',
  '*',
  '',
];

/** Returns an edit: a position, the length of the removed text, and the inserted text. */
function edit(text: string, at: number, removed: number, added: string) {
  const end = Math.min(at + removed, text.length);
  return { next: text.slice(0, at) + added + text.slice(end), change: changeOf({ start: at, end }, added) };
}

/** Returns the smallest edit that replaces the first `before`. */
function replaced(before: string, after: string) {
  let same = 0;
  while (same < Math.min(before.length, after.length) && before[same] === after[same]) same++;
  let kept = 0;
  const most = Math.min(before.length, after.length) - same;
  while (kept < most && before.at(-1 - kept) === after.at(-1 - kept)) kept++;
  const start = MADE.indexOf(before);
  return edit(MADE, start + same, before.length - same - kept, after.slice(same, after.length - kept));
}

function assertSame(updated: Manifest, text: string): void {
  const read = readManifest(URI, text);
  assert.deepEqual(updated, read, text);
  const meaning = ({ dependencies }: Manifest) =>
    dependencies.map(({ specifier, target }) => ({ specifier, target }));
  assert.deepEqual(meaning(updated), meaning(read));
}

/** Returns how many of the edits were applied without reparsing everything. */
function editAtRandom(whole: string, rounds: number, seed: number): number {
  const random = randomSource(seed);
  let taken = 0;
  let text = whole;
  let model = readManifest(URI, text);
  for (let round = 0; round < rounds; round++) {
    const { next, change } = edit(text, random.below(text.length), random.below(4), random.pick(PIECES));
    const updated = updateManifest(model, next, change);
    if (updated === undefined) continue;
    taken++;
    assertSame(updated, next);
    // Continues from the updated model, so that errors would add up.
    model = updated;
    text = next;
  }
  return taken;
}

describe('a manifest that is edited among its dependencies', () => {
  const cases: readonly [string, string, string][] = [
    ['a version', '^3.0.0', '*'],
    ['a name', 'zod', 'zod-to-json-schema'],
    ['a dependency more at the start', '"//": ', '"x": "1",\n    "//": '],
    ['a dependency more at the end', '"": "none"', '"": "none",\n    "y": "2"'],
    ['the first of an empty section', '"devDependencies": {}', '"devDependencies": {"y": "2"}'],
    ['the last of a section, taken out', '{ "zod": "^4.0.0" }', '{}'],
    ['several at once', '"zod": "^3.0.0", "a": "1", ', ''],
    ['the inside of an object', '"version": "1" }', '"version": "2", "x": [] }'],
    ['line ends', '\n    "@acme/ui"', '\r\n\r\n\t"@acme/ui"'],
  ];
  for (const [what, before, after] of cases) {
    test(`${what}: the same as when it is read`, () => {
      const { next, change } = replaced(before, after);
      assertSame(updateManifest(readManifest(URI, MADE), next, change)!, next);
    });
  }

  test('what stands before it and what did not move stays the same object', () => {
    const before = readManifest(URI, MADE);
    const { next, change } = replaced('^3.0.0', '^3.0.1');
    const updated = updateManifest(before, next, change)!;
    assert.equal(updated.name, before.name);
    assert.equal(updated.scripts, before.scripts);
    assert.equal(updated.dependencies.at(-1), before.dependencies.at(-1));
    assert.notEqual(updated.dependencies[0], before.dependencies[0]);
  });

  const refused: readonly [string, string, string][] = [
    ['an open quote', '"^3.0.0"', '"^3.0.0'],
    ['a bracket too many', '"^3.0.0"', '"^3.0.0" }, "x": {'],
    ['a comma too many', '"a": "1",', '"a": "1",,'],
    ['a missing comma', '"a": "1",', '"a": "1"'],
    ['a comment', '"a": "1",', '/* */ "a": "1",'],
    ['an edit elsewhere', '"shop"', '"shopping"'],
    ['the key of a section', '"devDependencies"', '"peerDependencies"'],
  ];
  for (const [what, before, after] of refused) {
    test(`${what}: the whole is to be read`, () => {
      const { next, change } = replaced(before, after);
      assert.equal(updateManifest(readManifest(URI, MADE), next, change), undefined);
    });
  }

  test('after 20,000 random edits', () => {
    let taken = 0;
    for (let seed = 1; seed <= 40; seed++) taken += editAtRandom(MADE, 500, seed);
    assert.ok(taken > 2000, String(taken));
  });
});

test('several edits count as one', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = randomSource(seed);
    const text = 'abcdefghijklmnopqrstuvwxyz';
    let now = text;
    let change: ReturnType<typeof changeOf> | undefined;
    for (let count = 0; count < 3; count++) {
      const { next, change: one } = edit(now, random.below(now.length), random.below(5), random.pick(PIECES));
      change = change === undefined ? one : joinChanges(change, one);
      now = next;
    }
    const { start, oldEnd, newEnd } = change!;
    assert.equal(text.slice(0, start) + now.slice(start, newEnd) + text.slice(oldEnd), now);
  }
});

const files = existsSync(CORPUS) ? globSync('*/package.json', { cwd: CORPUS }).sort() : [];
if (files.length === 0) console.log('no corpus');
else {
  test('real manifests that are edited are what they are when they are read', () => {
    let taken = 0;
    for (const [at, file] of files.entries())
      taken += editAtRandom(readFileSync(join(CORPUS, file), 'utf8'), 100, at + 1);
    assert.ok(taken > 200, String(taken));
  });
}
