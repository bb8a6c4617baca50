import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { parse } from 'yaml';
import { setBunScope } from '../../../../server/src/core/read/config/bun/edit-bunfig.ts';
import { readBunfig } from '../../../../server/src/core/read/config/bun/read-bunfig.ts';
import { readPnpmWorkspace } from '../../../../server/src/core/read/config/pnpm/read-pnpm-workspace.ts';
import type { ConfigMember, ConfigNode } from '../../../../server/src/core/read/config/tree/config-tree.ts';
import { parseTomlTree } from '../../../../server/src/core/read/config/tree/parse-toml-tree.ts';
import { parseYamlTree } from '../../../../server/src/core/read/config/tree/parse-yaml-tree.ts';
import { setYarnScope } from '../../../../server/src/core/read/config/yarn/edit-yarnrc.ts';
import { readClassicYarnrc } from '../../../../server/src/core/read/config/yarn/read-classic-yarnrc.ts';
import { readYarnrc } from '../../../../server/src/core/read/config/yarn/read-yarnrc.ts';
import { applyEdits } from '../../../../server/src/core/read/text/edit.ts';
import type { ParseProblem } from '../../../../server/src/core/read/text/problem.ts';
import type { Span } from '../../../../server/src/core/read/text/span.ts';
import { mutationsOf } from '../lockfile/mutations.ts';

const YAML = `packages:
  - packages/*
  - '!packages/old'
catalog:
  react: ^18.2.0
catalogs: { old: { react: "^17.0.0", "zod": 3 } }
npmScopes:
  acme:
    npmRegistryServer: https://acme.example.test
overrides: &o
  'a@1>b': 2.0.0
more: *o
text: |
  one
  two
`;
const TOML = `top = "x"
[install]
registry = { url = "https://npm.acme.example.test/", token = "$T" }
list = [
  "a", # one
  'b',
]
[install.scopes]
acme = "https://acme.example.test/"
"@b".url = 'https://b.example.test/'
`;
const CLASSIC = `# yarn lockfile v1
registry "https://npm.acme.example.test"
"@acme:registry" https://acme.example.test
lastUpdateCheck 1576854265612
`;
const PIECES = [
  '"',
  "'",
  ':',
  ': ',
  ' ',
  '  ',
  '\n',
  '\r\n',
  '#',
  '- ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '&a ',
  '*a',
  '!x ',
  '|',
  '>',
  '? ',
  '%',
  '\t',
  '=',
  '[[',
  '\\',
  '😀',
  '\u0000',
  '---\n',
  '<<: ',
];
const URL = 'https://new.example.test/';

describe('a configuration file changed at random', () => {
  test('YAML: what is read without a problem is what the library reads', () => {
    let whole = 0;
    for (const text of mutationsOf(YAML, PIECES, 1500)) {
      const { root, problems } = parseYamlTree(text);
      expectInside(text, problems, root);
      readPnpmWorkspace('', text);
      if (problems.length > 0) continue;
      whole++;
      assert.deepEqual(plain(root), fromLibrary(text), text);
    }
    assert.ok(whole > 100, `${whole} were read without a problem`);
  });

  test('YAML: an edit of a file without a problem gives one that says what was meant', () => {
    for (const text of mutationsOf(YAML, PIECES, 500)) {
      const file = readYarnrc('', text, 'project');
      const edits = setYarnScope(file, '@acme', URL);
      if (edits === undefined || file.problems.length > 0) continue;
      const after = readYarnrc('', applyEdits(text, edits), 'project');
      const found = after.scopes.findLast(({ key }) => key?.value === 'acme')?.server?.value;
      assert.equal(found, URL, JSON.stringify(applyEdits(text, edits)));
    }
  });

  test('TOML: what is read without a problem is what the library reads', () => {
    let whole = 0;
    for (const text of mutationsOf(TOML, PIECES, 1500)) {
      const { root, problems } = parseTomlTree(text);
      expectInside(text, problems, root);
      if (problems.length > 0) continue;
      whole++;
      const expected = getStaticTOMLValue(parseTOML(text));
      assert.deepEqual(JSON.parse(JSON.stringify(plain(root))), JSON.parse(JSON.stringify(expected)), text);
      const file = readBunfig('', text, 'project');
      const edits = setBunScope(file, '@acme', URL);
      if (edits === undefined) continue;
      const { scopes } = readBunfig('', applyEdits(text, edits), 'project');
      assert.ok(
        scopes.some(({ url }) => url?.value === URL),
        applyEdits(text, edits),
      );
    }
    assert.ok(whole > 100, `${whole} were read without a problem`);
  });

  test('the lines of Yarn 1: each is read or named', () => {
    for (const text of mutationsOf(CLASSIC, PIECES, 1500)) {
      const { settings, problems } = readClassicYarnrc('', text, 'project');
      const root = { type: 'map', span: { start: 0, end: text.length }, members: settings } as const;
      expectInside(text, problems, root);
      const spans = [...spansOf(settings), ...problems.map(({ span }) => span)];
      for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
        const end = index + line.length;
        const isRead = spans.some((span) => span.start <= end && span.end >= index);
        assert.ok(isRead || /^ *(?:#|$)/.test(line), text);
      }
    }
  });
});

function spansOf(members: readonly ConfigMember[]): readonly Span[] {
  return members.flatMap(({ keySpan, value }) => (value === undefined ? [keySpan] : [keySpan, value.span]));
}

function expectInside(text: string, problems: readonly ParseProblem[], root: ConfigNode | undefined): void {
  for (const { span } of problems)
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
  expectNodeInside(root, text.length);
}

function expectNodeInside(node: ConfigNode | undefined, end: number): void {
  if (node === undefined) return;
  assert.ok(0 <= node.span.start && node.span.start <= node.span.end && node.span.end <= end);
  if (node.type === 'list') for (const item of node.items) expectNodeInside(item, end);
  if (node.type !== 'map') return;
  for (const { keySpan, value } of node.members) {
    assert.ok(0 <= keySpan.start && keySpan.start <= keySpan.end && keySpan.end <= end);
    expectNodeInside(value, end);
  }
}

/** Parses with the library. Empty values, which are still to be typed, are omitted on both sides. */
function fromLibrary(text: string): unknown {
  const value: unknown = parse(text, {
    uniqueKeys: false,
    merge: true,
    logLevel: 'silent',
    stringKeys: true,
  });
  return value === null ? undefined : withoutNothing(value);
}

function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== '').map(withoutNothing);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== null && item !== '' && key !== '')
      .map(([key, item]) => [key, withoutNothing(item)]),
  );
}

function plain(node: ConfigNode | undefined): unknown {
  switch (node?.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain).filter((item) => item !== undefined && item !== null && item !== '');
    case 'map':
      return Object.fromEntries(
        node.members
          .map(({ key, value }) => [key, plain(value)] as const)
          .filter(([, value]) => value !== undefined && value !== null && value !== ''),
      );
    default:
      return undefined;
  }
}
