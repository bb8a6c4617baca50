import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { readBunfig } from '../../server/src/core/read/config/bun/read-bunfig.ts';
import { readNpmrc } from '../../server/src/core/read/config/npm/read-npmrc.ts';
import { readPnpmWorkspace } from '../../server/src/core/read/config/pnpm/read-pnpm-workspace.ts';
import type { ConfigNode } from '../../server/src/core/read/config/tree/config-tree.ts';
import { parseTomlTree } from '../../server/src/core/read/config/tree/parse-toml-tree.ts';
import { parseYamlTree } from '../../server/src/core/read/config/tree/parse-yaml-tree.ts';
import { readClassicYarnrc } from '../../server/src/core/read/config/yarn/read-classic-yarnrc.ts';
import { readYarnrc } from '../../server/src/core/read/config/yarn/read-yarnrc.ts';
import { expectTokens } from '../unit/read/config/config-spans.ts';

/** Real configuration files beside the checkout, see its README.md. Without them there is nothing to check. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const NAMES = ['pnpm-workspace.yaml', '.yarnrc.yml', '.yarnrc', 'bunfig.toml', '.npmrc'] as const;

const READERS: Record<(typeof NAMES)[number], (text: string) => unknown> = {
  'pnpm-workspace.yaml': (text) => readPnpmWorkspace('', text),
  '.yarnrc.yml': (text) => readYarnrc('', text, 'project'),
  '.yarnrc': (text) => readClassicYarnrc('', text, 'project'),
  'bunfig.toml': (text) => readBunfig('', text, 'project'),
  '.npmrc': (text) => readNpmrc('', text, 'project'),
};

if (!existsSync(CORPUS)) {
  test('there is no corpus', () => assert.ok(!existsSync(CORPUS)));
} else {
  const files = globSync(`*/{${NAMES.join(',')}}`, { cwd: CORPUS }).sort();

  test('the corpus has files of every kind', () => {
    assert.deepEqual(new Set(files.map((file) => basename(file))), new Set(NAMES));
  });

  for (const file of files) describe(file, () => checkFile(join(CORPUS, file)));
}

function checkFile(path: string): void {
  const text = readFileSync(path, 'utf8');
  const name = basename(path) as (typeof NAMES)[number];

  test('is read without a problem, and each span is the token it claims', () => {
    const { problems } = READERS[name](text) as { readonly problems: readonly unknown[] };
    assert.deepEqual(problems, []);
    assert.ok(countTokens(name, text) > 0);
  });

  if (name === 'pnpm-workspace.yaml' || name === '.yarnrc.yml') {
    test('says what the library reads from it', () => {
      assert.deepEqual(plain(parseYamlTree(text).root), parse(text));
    });
  }

  test('cut off anywhere, it is read as far as it goes', () => {
    // For a long file, the cuts of its first part and of every other line.
    const cuts = new Set(Array.from({ length: Math.min(text.length, 600) }, (_, at) => at));
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) cuts.add(at).add(at + 3);
    for (const cut of cuts) {
      const { problems } = READERS[name](text.slice(0, cut)) as {
        readonly problems: readonly { readonly span: { readonly start: number; readonly end: number } }[];
      };
      for (const { span } of problems)
        assert.ok(0 <= span.start && span.start <= span.end && span.end <= cut);
      countTokens(name, text.slice(0, cut), false);
    }
  });
}

/** Counts tokens. Without `strict`, a truncated file may contain partial tokens. */
function countTokens(name: (typeof NAMES)[number], text: string, strict = true): number {
  switch (name) {
    case 'pnpm-workspace.yaml':
    case '.yarnrc.yml':
      return countIn(text, parseYamlTree(text).root, strict);
    case 'bunfig.toml':
      return countIn(text, parseTomlTree(text).root, strict);
    case '.yarnrc': {
      const members = readClassicYarnrc('', text, 'project').settings;
      return countIn(text, { type: 'map', span: { start: 0, end: text.length }, members }, strict);
    }
    case '.npmrc': {
      const { entries } = readNpmrc('', text, 'project');
      for (const { key, keySpan, value, valueSpan, list } of entries) {
        assert.equal(text.slice(keySpan.start, keySpan.end), list ? `${key}[]` : key);
        const token = text.slice(valueSpan.start, valueSpan.end);
        const tokens = [value, `"${value}"`, `'${value}'`];
        assert.ok(!strict || tokens.includes(token) || valueSpan === keySpan, token);
      }
      return entries.length;
    }
  }
}

function countIn(text: string, root: ConfigNode | undefined, strict: boolean): number {
  if (strict) return expectTokens(text, root);
  expectInside(root, text.length);
  return 0;
}

function expectInside(node: ConfigNode | undefined, end: number): void {
  if (node === undefined) return;
  assert.ok(0 <= node.span.start && node.span.start <= node.span.end && node.span.end <= end);
  if (node.type === 'list') for (const item of node.items) expectInside(item, end);
  if (node.type === 'map') for (const { value } of node.members) expectInside(value, end);
}

function plain(node: ConfigNode | undefined): unknown {
  switch (node?.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
    default:
      return undefined;
  }
}
