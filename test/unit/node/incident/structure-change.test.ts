import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changedRegions } from '../../../../server/src/node/incident/changed-regions.ts';
import { changesStructure } from '../../../../server/src/node/incident/structure-change.ts';

const LINES = Array.from({ length: 60 }, (_, at) => `    "name-${at}": { "version": "1.0.${at}" },`);

/** Checks whether the change of one line of a text decides on others. */
function changes(old: string, now: string, isNested = false): boolean {
  const before = Buffer.from(LINES.toSpliced(30, 0, old).join('\n'));
  const after = Buffer.from(LINES.toSpliced(30, 0, now).join('\n'));
  const regions = changedRegions(before, after);
  assert.ok(regions !== undefined);
  return regions.some((region) => changesStructure(before, after, region, () => isNested));
}

describe('a change decides on entries that are far from it', () => {
  test('with a brace or bracket that has no counterpart', () => {
    assert.equal(changes('    "a": { "version": "1.0.0" },', '    "a": { "version": "1.0.0",'), true);
    assert.equal(changes('    "a": ["1.0.0"],', '    "a": "1.0.0"],'), true);
    assert.equal(changes('    "a": { "version": "1.0.0" },', '    "a": { "version": "1.0.1" },'), false);
    assert.equal(changes('    "a": "1.0.0",', '    "a": { "b": ["1.0.0"] },'), false);
  });

  test('with a brace in a string, as a quote may be missing', () => {
    assert.equal(changes('    "a": "b",', '    "a": "{b}",'), true);
    assert.equal(changes('    "a": "b",', String.raw`    "a": "\"}{",`), true);
    assert.equal(changes('    "a": "b",', '    "a": "b" " {},'), false);
    assert.equal(changes('    "a": "b",', '    "a": "b" " {,'), true);
  });

  test('with more quotes than strings begin with', () => {
    const hostile = '"\\'.repeat(150);
    assert.equal(changes('    a', `    ${hostile}`), true);
  });

  test('with a member that has all entries, or with a comment', () => {
    assert.equal(changes('    "a": 1,', '    "packages": 1,'), true);
    assert.equal(changes('    "a": 1,', '    "a": /* 1,'), true);
    assert.equal(changes('    "a": 1,', '    "dependencies": 1,', true), true);
    assert.equal(changes('    "a": 1,', '    "dependencies": 1,', false), false);
  });
});

describe('the regions that changed', () => {
  const text = (version: string) =>
    Buffer.from(LINES.toSpliced(30, 1, `"a": { "version": "${version}" },`).join('\n'));

  test('begin and end with a byte that differs', () => {
    const [before, after] = [text('1.2.3'), text('1.5.3')];
    const [first, ...others] = changedRegions(before, after)!;
    assert.equal(after.toString('latin1', first!.start, first!.end), '5');
    assert.equal(before.toString('latin1', first!.oldStart, first!.oldEnd), '2');
    assert.ok(others.every(({ start, end }) => start === end));
  });

  test('are only in one of the texts where something was added', () => {
    const [before, after] = [text('1.2.3'), text('1.2.34')];
    const [first] = changedRegions(before, after)!;
    assert.equal(after.toString('latin1', first!.start, first!.end), '4');
    assert.equal(first!.oldStart, first!.oldEnd);
  });
});
