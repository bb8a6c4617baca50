import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { type ParseError, parse } from 'jsonc-parser';
import { readBunLockfile } from '../../server/src/core/read/lockfile/bun/read-bun-lockfile.ts';
import { DEPENDENCY_SECTIONS } from '../../server/src/core/read/manifest/manifest.ts';
import type { Span } from '../../server/src/core/read/text/span.ts';

/** Real lockfiles beside the checkout, see its README.md. Without them there is nothing to check. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');

interface RawInfo {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalPeers?: readonly string[];
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly bundled?: boolean;
}

interface RawLock {
  readonly lockfileVersion: number;
  readonly workspaces: Readonly<
    Record<string, RawInfo & { readonly name: string; readonly version?: string }>
  >;
  readonly trustedDependencies?: readonly string[];
  readonly packages: Readonly<Record<string, readonly (string | RawInfo)[]>>;
}

const files = existsSync(CORPUS) ? globSync('*/bun.lock', { cwd: CORPUS }).sort() : [];
if (files.length === 0) console.log('no corpus');
else test('the corpus has bun.lock files', () => assert.ok(files.length >= 4));
for (const file of files) describe(dirname(file), () => check(file));

function check(file: string): void {
  const text = readFileSync(join(CORPUS, file), 'utf8');
  const errors: ParseError[] = [];
  const raw = parse(text, errors, { allowTrailingComma: true }) as RawLock;
  const lock = readBunLockfile('file:///bun.lock', text);
  const cut = ({ start, end }: Span) => text.slice(start, end);

  test('is checked, with an entry or a link for each key that its index counts', () => {
    assert.deepEqual([errors, lock.status, lock.problems], [[], 'checked', []]);
    assert.equal(lock.formatVersion?.value, String(raw.lockfileVersion));
    assert.equal(lock.entries.length + lock.links.length, countOf(dirname(file)));
    assert.equal(lock.entries.length, lock.entriesTotal);
    assert.deepEqual(
      [...lock.entries, ...lock.links].map(({ key }) => key).sort(),
      Object.keys(raw.packages).sort(),
    );
    assert.ok(lock.entries.length > 0);
  });

  test('has the values that jsonc-parser has, and its spans are their tokens', () => {
    for (const entry of lock.entries) {
      const tuple = raw.packages[entry.key]!;
      const [specifier, registry, info, integrity] = tuple as readonly [string, string, RawInfo, string];
      assert.equal(JSON.parse(cut(entry.keySpan)), entry.key);
      assert.deepEqual(parse(`{${cut(entry.span)}}`)[entry.key], tuple);
      assert.equal(entry.source, 'registry');
      assert.equal(`${entry.name}@${entry.version?.value}`, specifier);
      assert.equal(cut(entry.version!.span), entry.version!.value);
      assert.equal(entry.resolved?.value ?? '', registry);
      assert.equal(entry.integrity?.value, integrity);
      assert.equal(cut(entry.integrity!.span), JSON.stringify(integrity));
      assert.ok(
        entry.key === (entry.alias ?? entry.name) || entry.key.endsWith(`/${entry.alias ?? entry.name}`),
      );
      assert.equal(entry.bundled, info.bundled === true);
      assert.deepEqual([entry.os, entry.cpu], [listOf(info.os), listOf(info.cpu)]);
      assert.deepEqual(entry.optionalPeers, info.optionalPeers ?? []);
      checkEdges(entry.edges, info);
    }
    for (const link of lock.links) {
      assert.deepEqual(
        [link.source, `${link.name}@${link.resolved?.value}`],
        ['workspace', raw.packages[link.key]![0]],
      );
    }
  });

  test('importers are its workspaces', () => {
    assert.deepEqual([...lock.importers.keys()], Object.keys(raw.workspaces));
    for (const [path, importer] of lock.importers) {
      const workspace = raw.workspaces[path]!;
      assert.deepEqual([importer.name, importer.version?.value], [workspace.name, workspace.version]);
      checkEdges(importer.edges, workspace);
    }
    assert.deepEqual(
      lock.trusted.map(({ value }) => value),
      raw.trustedDependencies ?? [],
    );
  });

  test('every edge leads to a package whose folder has its name, but for optional ones', () => {
    let followed = 0;
    for (const from of [...lock.importers.values(), ...lock.entries]) {
      for (const edge of from.edges) {
        const to = lock.follow(from, edge);
        if (to === undefined) {
          const isOptional =
            edge.section === 'optionalDependencies' || from.optionalPeers.includes(edge.name);
          assert.ok(isOptional, `${edge.name} of ${from.key}`);
          continue;
        }
        followed++;
        assert.equal(lock.importers.get(to.key) === to ? to.name : (to.alias ?? to.name), edge.name);
        const nested = from.source === 'registry' ? lock.entry(`${from.key}/${edge.name}`) : undefined;
        if (nested !== undefined) assert.equal(to, nested);
      }
    }
    assert.ok(followed > lock.entries.length / 2, `${followed}`);
  });

  test('each package is reached, and development packages are those of no other way', () => {
    const plain = new Set<unknown>();
    const waiting: (typeof lock.entries)[number][] = [];
    const walk = (from: { edges: (typeof lock.entries)[number]['edges'] } & object) => {
      for (const edge of from.edges) {
        if (edge.section === 'devDependencies') continue;
        const to = lock.follow(from as never, edge);
        if (to === undefined || plain.has(to)) continue;
        plain.add(to);
        waiting.push(to as never);
      }
    };
    for (const importer of lock.importers.values()) walk(importer);
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) walk(entry);
    for (const entry of lock.entries) assert.equal(entry.dev, !plain.has(entry), entry.key);
  });

  test('cut anywhere, it is never called checked and points nowhere outside', () => {
    for (let piece = 1; piece <= 12; piece++) {
      const end = Math.floor((text.trimEnd().length * piece) / 13);
      const part = readBunLockfile('file:///bun.lock', text.slice(0, end));
      assert.notEqual(part.status, 'checked');
      assert.ok(part.entries.length <= part.entriesTotal);
      for (const entry of part.entries) assert.ok(entry.span.end <= end);
    }
  });
}

function checkEdges(
  edges: ReturnType<typeof readBunLockfile>['entries'][number]['edges'],
  info: RawInfo,
): void {
  for (const section of DEPENDENCY_SECTIONS) {
    const own = edges.filter((edge) => edge.section === section);
    assert.deepEqual(
      Object.fromEntries(own.map(({ name, specifier }) => [name, specifier.value])),
      info[section] ?? {},
    );
  }
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** Returns the number of packages in the corpus' index: for bun, all keys of `packages`. */
function countOf(folder: string): number {
  const line = readFileSync(join(CORPUS, 'README.md'), 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`| ${folder} |`));
  return Number(line!.split('|')[8]);
}
