import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const textsIn = (path: string) => JSON.parse(read(path)) as Readonly<Record<string, string>>;

/** What a translation has to keep: links to commands, settings, code, and places for values. */
function fixedParts(text: string): readonly string[] {
  return [...text.matchAll(/\(command:[^)]+\)|`[^`]+`|\{\w+\}|\$\([\w-]+\)/g)].map(([part]) => part).sort();
}

function assertTranslates(english: Readonly<Record<string, string>>, path: string): void {
  const translated = textsIn(path);
  assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    const other = translated[key] ?? '';
    assert.ok(other.trim() !== '', key);
    assert.deepEqual(fixedParts(other), fixedParts(text), key);
  }
}

describe('texts of package.json', () => {
  const english = textsIn('package.nls.json');
  const named = [...read('package.json').matchAll(/"%([\w.-]+)%"/g)].map(([, key = '']) => key);

  test('have an entry each, and there is no other', () => {
    assert.deepEqual([...new Set(named)].sort(), Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) assert.ok(text !== '', key);
  });

  for (const path of globSync('package.nls.*.json', { cwd: root })) {
    test(`are all translated in ${path}, with the same links and values`, () => {
      assertTranslates(english, path);
    });
  }
});
