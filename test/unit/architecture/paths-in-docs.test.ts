import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from './imports.ts';

const PAGES = globSync(['*.md', 'server/docs/**/*.md'], { cwd: ROOT });

test('paths of this repository in the docs exist', () => {
  const missing: string[] = [];
  for (const page of PAGES) {
    const text = readFileSync(path.join(ROOT, page), 'utf8');
    for (const [, named] of text.matchAll(
      /`((?:(?:client|server|test|media)\/|(?:core|engine)\/)[\w./-]+)`/g,
    )) {
      const full = /^(?:core|engine)\//.test(named!) ? `server/src/${named}` : named!;
      if (!existsSync(path.join(ROOT, full)) && !named!.includes('odd-name'))
        missing.push(`${page}: ${named}`);
    }
  }
  assert.deepEqual(missing, []);
});

test('links between pages lead to files', () => {
  const missing: string[] = [];
  for (const page of PAGES) {
    const text = readFileSync(path.join(ROOT, page), 'utf8').replace(/```[\s\S]*?```/g, '');
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (!existsSync(path.join(ROOT, path.dirname(page), target!))) missing.push(`${page}: ${target}`);
    }
  }
  assert.deepEqual(missing, []);
});
