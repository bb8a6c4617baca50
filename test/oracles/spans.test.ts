import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { type ParseError, parse as parseJsonc } from 'jsonc-parser';
import { readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import type { LockEdge, LockEntry, Lockfile } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import type { Located, Span } from '../../server/src/core/read/text/span.ts';
import { corpusProjects, fixtureProjects, type LockfileProject, lockfileText } from './lockfile-project.ts';

const corpus = corpusProjects();
if (corpus.length === 0) console.log('no corpus');
else test('the corpus has its projects', () => assert.equal(corpus.length, 49));
for (const project of [...corpus, ...fixtureProjects()]) describe(project.name, () => check(project));

function check(project: LockfileProject): void {
  const text = lockfileText(project);
  const lock = readLockfile('file:///lock', text, project.format);

  test('each value, cut out of the text, is what is claimed', () => {
    let values = 0;
    for (const entry of [...lock.entries, ...lock.links, ...lock.importers.values()]) {
      values += checkTokens(lock, entry);
    }
    assert.ok(values > project.packages * 2, `${values} values`);
  });

  test('each entry, cut out of the text, is read as that entry by its own package manager', () => {
    const parse = parserOf(project);
    const whole = parse(text);
    for (const entry of [...lock.entries, ...lock.links]) {
      const { start, end } = entry.span;
      assert.equal(start, entry.keySpan.start, entry.key);
      const indent = text.slice(text.lastIndexOf('\n', start) + 1, start);
      const [value, ...others] = Object.values(parse(`${indent}${text.slice(start, end)}\n`, true));
      assert.ok(value !== undefined && others.every((other) => other === value), entry.key);
      const expected = isOfLinkedFolder(whole, project, entry)
        ? nestedEntries(whole, nameOfKey(entry.key))
        : undefined;
      if (expected !== undefined)
        assert.ok(
          expected.some((each) => isDeepStrictEqual(each, value)),
          entry.key,
        );
      else assert.deepEqual(value, entryIn(whole, project, entry), entry.key);
    }
  });
}

/** Members of entries that only some formats have. */
interface FormatEntry {
  readonly from?: Located<string> | undefined;
  readonly resolution?: unknown;
  readonly conditions?: Located<string> | undefined;
  readonly descriptors?: readonly Located<string>[];
  readonly snapshots?: readonly {
    readonly key: string;
    readonly keySpan: Span;
    readonly edges: readonly FormatEdge[];
  }[];
}

type FormatEdge = LockEdge & { readonly version?: Located<string> | undefined };

/** @returns the number of values in the entry. */
function checkTokens({ text }: Lockfile, entry: LockEntry & FormatEntry): number {
  const { resolution, snapshots = [], descriptors = [] } = entry;
  const values: (readonly [string, Located<string> | undefined])[] = [
    ['version', entry.version],
    ['resolved', entry.resolved],
    ['integrity', entry.integrity],
    ['checksum', entry.checksum],
    ['from', entry.from],
    ['resolution', isLocated(resolution) ? resolution : undefined],
    ['conditions', entry.conditions],
    ...descriptors.map((descriptor) => ['descriptor', descriptor] as const),
    ...edgeValues(entry.edges),
  ];
  for (const { key, keySpan, edges } of snapshots) {
    values.push(['snapshot', { value: key, span: keySpan }], ...edgeValues(edges));
  }
  const present = values.filter(([, located]) => located !== undefined);
  for (const [what, located] of present) {
    assert.equal(decode(text, located!.span), located!.value, `${what} of ${entry.key}`);
  }
  // The root of a single-project pnpm-lock.yaml has no token of its own, and folders of npm 6 only their own names.
  const key = decodeKey(text, entry.keySpan);
  const isWhole = key === entry.key || entry.key.endsWith(`node_modules/${key}`);
  assert.ok(isWhole || (key === '' && entry.key === '.'), `${key}: ${entry.key}`);
  return present.length + 1;
}

function edgeValues(edges: readonly FormatEdge[]): (readonly [string, Located<string> | undefined])[] {
  return edges.flatMap(({ name, nameSpan, specifier, version }) => [
    ['name', { value: name, span: nameSpan }] as const,
    [`specifier of ${name}`, specifier] as const,
    [`version of ${name}`, version] as const,
  ]);
}

function isLocated(value: unknown): value is Located<string> {
  return typeof value === 'object' && value !== null && 'span' in value && 'value' in value;
}

/**
 * Decodes a key. In yarn.lock it is a list, with optional quotes around items; those of the other files have no comma
 * outside quotes.
 */
function decodeKey(text: string, { start, end }: Span): string {
  const tokens = text.slice(start, end).match(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"',][^,]*/g) ?? [];
  return tokens.map((token) => decode(token, { start: 0, end: token.length })).join(', ');
}

/** Returns the value of a token, by the meaning of its first character in all of these formats. */
function decode(text: string, { start, end }: Span): string {
  const token = text.slice(start, end);
  if (token.startsWith('"')) return JSON.parse(token) as string;
  return token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") : token;
}

type Tree = Readonly<Record<string, unknown>>;
type Parse = (text: string, isPiece?: boolean) => Tree;

function parserOf({ format, version }: LockfileProject): Parse {
  const require = createRequire(import.meta.url);
  if (format === 'pnpm') {
    const { load, loadAll } = createRequire(require.resolve('@pnpm/lockfile.fs'))('js-yaml') as {
      load(text: string): Tree;
      loadAll(text: string): readonly Tree[];
    };
    return (text, isPiece) => (isPiece === true ? load(text) : { documents: loadAll(text) });
  }
  if (format === 'yarn' && version === 'v1') {
    const { parse } = require('@yarnpkg/lockfile') as { parse(text: string): { readonly object: Tree } };
    return (text) => parse(text).object;
  }
  if (format === 'yarn') {
    const { parseSyml } = require('@yarnpkg/parsers') as { parseSyml(text: string): Tree };
    return parseSyml;
  }
  if (format === 'bun') {
    return (text, isPiece) => {
      const errors: ParseError[] = [];
      const tree = parseJsonc(isPiece === true ? `{${text}}` : text, errors, {
        allowTrailingComma: true,
      }) as Tree;
      assert.deepEqual(errors, []);
      return tree;
    };
  }
  return (text, isPiece) => JSON.parse(isPiece === true ? `{${text}}` : text) as Tree;
}

/**
 * Checks for entries of a linked folder: npm 5 and 6 nest its packages below the link, while their keys begin
 * with the folder.
 */
function isOfLinkedFolder(whole: Tree, { format }: LockfileProject, { key }: LockEntry): boolean {
  const isNested = (format === 'package-lock' || format === 'npm-shrinkwrap') && whole.packages === undefined;
  return isNested && !key.startsWith('node_modules/');
}

function nameOfKey(key: string): string {
  return key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Returns every entry of a name, at any depth. */
function nestedEntries({ dependencies = {} }: Tree, name: string): readonly unknown[] {
  return Object.entries(dependencies as Tree).flatMap(([own, value]) => [
    ...(own === name ? [value] : []),
    ...nestedEntries(value as Tree, name),
  ]);
}

/** Returns the entry's content in the whole file. */
function entryIn(whole: Tree, { format, version }: LockfileProject, { key }: LockEntry): unknown {
  if (format === 'yarn') return whole[version === 'v1' ? key.split(', ')[0]! : key];
  const packages = whole.packages as Tree | undefined;
  if (format === 'pnpm') {
    const documents = whole.documents as readonly { readonly packages?: Tree }[];
    return documents.find((document) => document.packages?.[key] !== undefined)?.packages?.[key];
  }
  if (packages !== undefined) return packages[key];
  let value = whole;
  for (const name of key.replace(/^node_modules\//, '').split('/node_modules/')) {
    value = (value.dependencies as Tree)[name] as Tree;
  }
  return value;
}
