import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import type { PnpmDocument } from '../../server/src/core/read/lockfile/pnpm/pnpm-document.ts';
import {
  type PnpmLockfile,
  readPnpmLockfile,
} from '../../server/src/core/read/lockfile/pnpm/read-pnpm-lockfile.ts';
import type { Located, Span } from '../../server/src/core/read/text/span.ts';

/** Real lockfiles beside the checkout, see its README.md. Without them there is nothing to check. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');

interface RawPackage {
  readonly resolution: {
    readonly integrity?: string;
    readonly tarball?: string;
    readonly directory?: string;
    readonly repo?: string;
  };
  readonly name?: string;
  readonly version?: string;
  readonly dev?: string;
  readonly optional?: string;
  readonly requiresBuild?: string;
  readonly hasBin?: string;
  readonly deprecated?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: string | readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

type RawDependencies = Readonly<
  Record<string, string | { readonly specifier: string; readonly version: string }>
>;

interface RawImporter {
  readonly specifiers?: Readonly<Record<string, string>>;
  readonly dependencies?: RawDependencies;
  readonly devDependencies?: RawDependencies;
  readonly optionalDependencies?: RawDependencies;
  readonly packageManagerDependencies?: RawDependencies;
}

interface RawDocument extends RawImporter {
  readonly lockfileVersion: string;
  readonly importers?: Readonly<Record<string, RawImporter>>;
  readonly packages?: Readonly<Record<string, RawPackage>>;
  readonly snapshots?: Readonly<Record<string, RawPackage>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

if (!existsSync(join(CORPUS, 'README.md'))) {
  console.log('no corpus');
} else {
  const rows = readIndex();
  test('the index of the corpus has pnpm lockfiles', () => assert.equal(rows.length, 13));
  for (const row of rows) describe(row.folder, () => check(row));
}

function check(row: CorpusRow): void {
  const text = readText(row.folder);
  const lock = readPnpmLockfile('file:///workspace/pnpm-lock.yaml', text);
  const raw = parseAllDocuments(text, { schema: 'failsafe' }).map(
    (document) => document.toJS() as RawDocument,
  );

  test('is checked, with as many entries as its index counts', () => {
    assert.deepEqual([lock.status, lock.reason, lock.problems], ['checked', undefined, []]);
    assert.deepEqual([lock.entries.length, lock.entriesTotal], [row.packages, row.packages]);
    assert.equal(lock.documents.length, raw.length);
    assert.equal(lock.formatVersion?.value, raw.at(-1)?.lockfileVersion);
  });

  test('has the values that yaml has', () => {
    for (const [index, source] of raw.entries()) {
      const document = lock.documents[index]!;
      assert.deepEqual(
        document.entries.map(({ key }) => key),
        Object.keys(source.packages ?? {}),
      );
      for (const entry of document.entries) checkEntry(source, document, entry.key);
      checkSettings(source, document);
    }
  });

  test('has the flags that the file states, or that its importers mean', () => {
    for (const [index, source] of raw.entries()) checkFlags(source, lock.documents[index]!);
  });

  test('has the importers that yaml has, and resolves each dependency to its own version', () => {
    for (const [index, source] of raw.entries()) checkImporters(source, lock.documents[index]!, lock);
  });

  test('its spans are exactly their tokens', () => checkSpans(lock));

  test('cut anywhere, it is never called checked, and has no values of its own', () => {
    const whole = new Map(lock.entries.map((entry) => [entry.key, entry]));
    for (let cut = 1; cut <= 12; cut++) {
      const end = Math.floor((text.trimEnd().length * cut) / 13);
      const part = readPnpmLockfile('file:///lock', text.slice(0, end));
      assert.notEqual(part.status, 'checked', `cut at ${end}`);
      assert.ok(part.entries.length <= part.entriesTotal);
      for (const entry of part.entries) {
        assert.ok(entry.span.end <= end);
        if (entry.integrity === undefined) continue;
        assert.equal(entry.integrity.value, whole.get(entry.key)?.integrity?.value);
      }
    }
  });
}

function checkEntry(raw: RawDocument, document: PnpmDocument, key: string): void {
  const entry = document.entry(key)!;
  const source = raw.packages![key]!;
  const { resolution } = source;
  assert.equal(entry.integrity?.value, resolution.integrity);
  assert.equal(entry.resolved?.value, resolution.tarball ?? resolution.repo ?? resolution.directory);
  assert.equal(entry.deprecated, source.deprecated);
  assert.equal(entry.hasBin, source.hasBin === 'true');
  const isUnknown = entry.optional && !raw.lockfileVersion.startsWith('9');
  assert.equal(entry.hasInstallScript, isUnknown ? undefined : source.requiresBuild === 'true');
  assert.deepEqual(
    [entry.os, entry.cpu, entry.libc],
    [source.os ?? [], source.cpu ?? [], [source.libc ?? []].flat()],
  );
  const [name, version] = nameAndVersion(key);
  assert.equal(entry.name, source.name ?? name);
  assert.equal(entry.version?.value, source.version ?? version);

  const snapshots = raw.snapshots === undefined ? [[key, source] as const] : snapshotsOf(raw, key);
  assert.deepEqual(
    entry.snapshots.map((snapshot) => snapshot.key),
    snapshots.map(([snapshotKey]) => snapshotKey),
  );
  for (const [at, [, snapshot]] of snapshots.entries()) {
    const { edges } = entry.snapshots[at]!;
    for (const section of ['dependencies', 'optionalDependencies'] as const) {
      const ofSection = edges.filter((edge) => edge.section === section);
      assert.deepEqual(
        Object.fromEntries(ofSection.map((edge) => [edge.name, edge.version?.value])),
        snapshot[section] ?? {},
      );
    }
    for (const edge of edges) {
      if (edge.version !== undefined) assert.ok(document.follow(entry, edge), `${edge.name} of ${key}`);
    }
  }
  assert.deepEqual(
    Object.fromEntries(
      entry.edges
        .filter(({ section }) => section === 'peerDependencies')
        .map((edge) => [edge.name, edge.specifier.value]),
    ),
    source.peerDependencies ?? {},
  );
}

/** Parses a key of any version with this test's own regular expressions; nothing for keys of git, files and URLs. */
function nameAndVersion(key: string): readonly [string | undefined, string | undefined] {
  const bare = key.replace(/\(.*$/, '');
  const slashed = /^\/((?:@[^/]+\/)?[^/@]+)\/(\d+\.\d+\.\d+[^_]*)/.exec(bare);
  if (slashed !== null) return [slashed[1], slashed[2]];
  const [, name, version = ''] = /^\/?((?:@[^/]+\/)?[^/@]+)@(?:runtime:)?(.*)$/.exec(bare) ?? [];
  return [name ?? key, /^\d+\.\d+\.\d+/.test(version) ? version : undefined];
}

function snapshotsOf(raw: RawDocument, key: string): readonly (readonly [string, RawPackage])[] {
  let byPackage = SNAPSHOTS.get(raw);
  if (byPackage === undefined) {
    byPackage = new Map();
    SNAPSHOTS.set(raw, byPackage);
    for (const pair of Object.entries(raw.snapshots ?? {})) {
      const packageKey = pair[0].replace(/\(.*$/, '');
      byPackage.set(packageKey, [...(byPackage.get(packageKey) ?? []), pair]);
    }
  }
  return byPackage.get(key) ?? [];
}

const SNAPSHOTS = new Map<RawDocument, Map<string, readonly (readonly [string, RawPackage])[]>>();

function checkSettings(raw: RawDocument, { settings }: PnpmDocument): void {
  const pairs = settings.overrides.map(({ key, value }) => [key.value, value.value]);
  assert.deepEqual(Object.fromEntries(pairs), raw.overrides ?? {});
}

function checkFlags(raw: RawDocument, document: PnpmDocument): void {
  if (raw.snapshots === undefined) {
    for (const entry of document.entries) {
      const source = raw.packages![entry.key]!;
      assert.deepEqual(
        [entry.dev, entry.optional],
        [source.dev === 'true', source.optional === 'true'],
        entry.key,
      );
    }
    return;
  }
  const importers = Object.values(raw.importers!);
  const production = reach(raw, [
    ...importers.flatMap((importer) => rootsOf(importer.dependencies)),
    ...importers.flatMap((importer) => rootsOf(importer.optionalDependencies)),
    ...importers.flatMap((importer) => rootsOf(importer.packageManagerDependencies)),
  ]);
  const development = reach(
    raw,
    importers.flatMap((importer) => rootsOf(importer.devDependencies)),
  );
  for (const entry of document.entries) {
    const snapshots = snapshotsOf(raw, entry.key);
    const isDev = snapshots.every(([key]) => development.has(key) && !production.has(key));
    const isOptional = snapshots.every(([, snapshot]) => snapshot.optional === 'true');
    assert.deepEqual([entry.dev, entry.optional], [isDev, isOptional], entry.key);
  }
}

function rootsOf(dependencies: RawDependencies | undefined): readonly (readonly [string, string])[] {
  return Object.entries(dependencies ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value.version,
  ]);
}

/** Returns the keys of `snapshots` that are reachable from the dependencies. */
function reach(raw: RawDocument, roots: readonly (readonly [string, string])[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [...roots];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [name, version] = next;
    const key = [`${name}@${version}`, version].find((candidate) => raw.snapshots![candidate] !== undefined);
    if (key === undefined || seen.has(key)) continue;
    seen.add(key);
    const { dependencies, optionalDependencies } = raw.snapshots![key]!;
    waiting.push(...rootsOf(dependencies), ...rootsOf(optionalDependencies));
  }
  return seen;
}

function checkImporters(raw: RawDocument, document: PnpmDocument, lock: PnpmLockfile): void {
  const importers = raw.importers ?? { '.': raw };
  assert.deepEqual(
    [...document.importers.values()].map(({ key }) => key),
    Object.keys(importers),
  );
  let dependencies = 0;
  for (const [key, source] of Object.entries(importers)) {
    const path = key === '.' ? '' : key;
    const importer = document.importers.get(path)!;
    assert.equal(importer.source, path === '' ? 'root' : 'workspace');
    for (const section of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
      const edges = importer.edges.filter((edge) => edge.group === section);
      const expected = Object.entries(source[section] ?? {}).map(([name, value]) =>
        typeof value === 'string'
          ? [name, source.specifiers![name], value]
          : [name, value.specifier, value.version],
      );
      assert.deepEqual(
        edges.map(({ name, specifier, version }) => [name, specifier.value, version?.value]),
        expected,
      );
      for (const edge of edges) {
        dependencies++;
        const target = document.follow(importer, edge);
        assert.ok(target, `${edge.name} of ${key}`);
        assert.equal(lock.follow(importer, edge), target);
        const version = edge.version!.value;
        if (version.startsWith('link:')) {
          assert.ok(['root', 'workspace', 'link'].includes(target.source));
        } else {
          const plain = /^\d[^(_]*/.exec(version)?.[0];
          if (plain !== undefined) assert.deepEqual([target.name, target.version?.value], [edge.name, plain]);
        }
        if (!document.isEnvironment) assert.equal(lock.resolve(path, edge.name)?.key, target.key);
      }
    }
  }
  assert.ok(document.isEnvironment || dependencies > 0);
}

function checkSpans({ text, entries, documents }: PnpmLockfile): void {
  const cut = ({ start, end }: Span) => text.slice(start, end);
  const checkToken = (located: Located<string> | undefined) => {
    if (located === undefined) return;
    assert.ok([located.value, `'${located.value}'`].includes(cut(located.span)), located.value);
  };
  for (const [at, entry] of entries.entries()) {
    assert.ok([entry.key, `'${entry.key}'`].includes(cut(entry.keySpan)), entry.key);
    assert.equal(entry.span.start, entry.keySpan.start);
    const next = entries[at + 1];
    if (next?.document === entry.document) {
      assert.match(text.slice(entry.span.end, next.span.start), /^\n+ +$/, entry.key);
    }
    assert.doesNotMatch(cut(entry.span), /\s$/);
    for (const located of [entry.version, entry.resolved, entry.integrity]) checkToken(located);
    assert.equal(entry.version && cut(entry.version.span).replaceAll("'", ''), entry.version?.value);
  }
  const dependents = [
    ...entries.slice(0, 500),
    ...documents.flatMap(({ importers }) => [...importers.values()]),
  ];
  for (const { edges } of dependents) {
    for (const edge of edges) {
      checkToken({ value: edge.name, span: edge.nameSpan });
      checkToken(edge.specifier);
      checkToken(edge.version);
    }
  }
}

interface CorpusRow {
  readonly folder: string;
  readonly packages: number;
}

function readText(folder: string): string {
  const path = join(CORPUS, folder, 'pnpm-lock.yaml');
  const bytes = existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
  return bytes.toString('utf8');
}

/**
 * Returns the pnpm rows of the table in the corpus' README: folder, repository, commit, date, path, format,
 * version, packages.
 */
function readIndex(): readonly CorpusRow[] {
  const table = readFileSync(join(CORPUS, 'README.md'), 'utf8').split('\n');
  const folders = new Set(readdirSync(CORPUS));
  return table
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => folders.has(cells[1] ?? '') && cells[6] === 'pnpm')
    .map((cells) => ({ folder: cells[1]!, packages: Number(cells[8]) }));
}
