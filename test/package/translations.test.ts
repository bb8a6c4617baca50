import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseSync, Visitor } from 'oxc-parser';

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

describe('texts of the client', () => {
  const sources = globSync('client/src/**/*.ts', { cwd: root });
  const english = Object.fromEntries(sources.flatMap(textsOfClient).map((text) => [text, text]));

  for (const path of globSync('l10n/bundle.l10n.*.json', { cwd: root })) {
    test(`are all translated in ${path}, with the same values`, () => assertTranslates(english, path));
  }

  test('are all in calls that have them translated', () => {
    const shown =
      /\b(?:title|placeHolder|placeholder|prompt|tooltip|description|message|text|label|detail):? =?\s*['`](?!\$\{|['`])[A-Z]\w+[ .?]/;
    const guilty = sources.flatMap((path) =>
      read(path)
        .split('\n')
        .filter((line) => shown.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    assert.deepEqual(guilty, []);
  });
});

/** Returns the literals that a file of the client has translated. */
function textsOfClient(path: string): readonly string[] {
  const texts: string[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [text] }) {
      if (callee.type !== 'Identifier' || callee.name !== 't') return;
      assert.ok(text?.type === 'Literal' && typeof text.value === 'string', `${path}: no literal`);
      texts.push(text.value);
    },
  }).visit(parseSync(path, read(path)).program);
  return texts;
}
