import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ParseError, parse } from 'jsonc-parser';
import type { LockEntry } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { cpuTime } from '../../../cpu-time.ts';
import { BUN_LOCK, readBun } from './bun-lock.ts';
import { mutationsOf } from './mutations.ts';
import { spansOf } from './npm-lock.ts';

function checkSpans(text: string): ReturnType<typeof readBun> {
  const lock = readBun(text);
  assert.ok(lock.entries.length <= lock.entriesTotal);
  for (const { span } of lock.problems) assert.ok(span.start >= 0 && span.end <= text.length);
  const all: readonly LockEntry[] = [...lock.entries, ...lock.links, ...lock.importers.values()];
  for (const entry of all) {
    for (const span of spansOf(entry)) assert.ok(span.start <= span.end && span.end <= text.length);
    assert.equal(typeof entry.dev, 'boolean');
    for (const edge of entry.edges) lock.follow(entry, edge);
  }
  return lock;
}

describe('a bun.lock that is broken', () => {
  test('cut anywhere, it never throws, never points outside and is never called checked', () => {
    for (let end = 0; end < BUN_LOCK.trimEnd().length; end++) {
      assert.notEqual(checkSpans(BUN_LOCK.slice(0, end)).status, 'checked');
    }
  });

  test('each line left out in turn', () => {
    const lines = BUN_LOCK.split('\n');
    for (let line = 0; line < lines.length; line++) {
      const text = lines.toSpliced(line, 1).join('\n');
      const lock = checkSpans(text);
      if (!isJsonc(text)) assert.notEqual(lock.status, 'checked', lines[line]);
      // A line is at most one entry, except those that open everything.
      if (line > 0 && !/"packages": \{/.test(lines[line]!)) {
        assert.ok(lock.entries.length >= 17, `${lines[line]}: ${lock.entries.length}, ${lock.reason}`);
      }
    }
  });

  test('changed at random, it is called checked only where jsonc-parser reads the same packages', () => {
    const bits = [
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\\',
      '\n',
      '<<<<<<< a\n',
      '//',
      '/*',
      '@',
      '1',
      'x',
      '',
    ];
    let checked = 0;
    for (const text of mutationsOf(BUN_LOCK, bits, 3000)) {
      const lock = checkSpans(text);
      if (lock.status !== 'checked') continue;
      checked++;
      assert.ok(isJsonc(text));
      const packages = Object.keys((parse(text) as { packages?: object }).packages ?? {});
      assert.deepEqual([...lock.entries, ...lock.links].map(({ key }) => key).sort(), packages.sort());
    }
    assert.ok(checked > 300, `${checked}`);
  });
});

describe('a bun.lock that is hostile is read in time linear to its length', () => {
  const head = '{"lockfileVersion": 1, "workspaces": {"": {"dependencies": {"a": "1"}}}, "packages": {';
  const many = (count: number, member: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => member(at)).join(',');
  const texts: Readonly<Record<string, (size: number) => string>> = {
    'a long key with many edges': (size) =>
      `${head}"a": ["a@1.0.0","",{},""],"${'x'.repeat(size)}/b": ["b@1.0.0","",{"dependencies":{${many(size / 20, (at) => `"d${at}":"1"`)}}},""]}}`,
    'many names in one key': (size) => `${head}"${'x/'.repeat(size)}x": ["b@1.0.0","",{},""]}}`,
    'deep keys': (size) =>
      `${head}${many(size / 220, (at) => `"${'x/'.repeat(98)}${at}": ["b@1.0.0","",{"dependencies":{"q":"1"}},""]`)}}}`,
    'a ring of many': (size) =>
      `${head}"a":["a@1.0.0","",{"dependencies":{"p0":"1"}},""],${many(size / 60, (at) => `"p${at}":["p@1.0.0","",{"dependencies":{"p${at + 1}":"1","a":"1"}},""]`)}}}`,
    'many open tuples': (size) => head + '"a": ["a@1.0.0", {"os": ['.repeat(size / 25),
    'the same key': (size) => `${head}${'"a": ["a@1.0.0","",{},""],'.repeat(size / 25)}}}`,
    'no line ends in what is broken': (size) => `${head}${'"a": ["'.repeat(size / 7)}`,
    'deep overrides': (size) =>
      `{"lockfileVersion": 1, "workspaces": {}, "overrides": ${'{"a":'.repeat(Math.min(400, size))}1`,
  };
  for (const [name, write] of Object.entries(texts)) {
    test(name, () => {
      const start = cpuTime();
      const text = write(400_000);
      const lock = readBun(text);
      for (const entry of lock.entries) {
        assert.equal(typeof entry.optional, 'boolean');
        assert.ok(
          entry.edges.every((edge) => lock.follow(entry, edge) !== entry || edge.name === entry.name),
        );
      }
      // Anything quadratic in this length takes minutes.
      assert.ok(cpuTime() - start < 5000);
    });
  }
});

function isJsonc(text: string): boolean {
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0;
}
