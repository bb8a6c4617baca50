import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readNpmV1Lockfile } from '../../server/src/core/read/lockfile/npm-v1/read-npm-v1-lockfile.ts';
import type { Span } from '../../server/src/core/read/text/span.ts';

/** Real lockfiles beside the checkout, see its README.md. Without them there is nothing to check. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');

interface Raw {
  readonly lockfileVersion?: number;
  readonly version?: string;
  readonly from?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly bundled?: boolean;
  readonly requires?: Readonly<Record<string, string>> | true;
  readonly dependencies?: Readonly<Record<string, Raw>>;
}

const files = existsSync(CORPUS)
  ? globSync('*-{v1,nover}/{package-lock,npm-shrinkwrap}.json{,.gz}', { cwd: CORPUS }).sort()
  : [];
if (files.length === 0) console.log('no corpus');
else test('the corpus has lockfiles of npm 2 to 6', () => assert.equal(files.length, 5));
for (const file of files) describe(dirname(file), () => check(file));

function check(file: string): void {
  const bytes = readFileSync(join(CORPUS, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const raw = JSON.parse(text) as Raw;
  const lock = readNpmV1Lockfile('file:///lock', text, 'package-lock');
  const cut = ({ start, end }: Span) => text.slice(start, end);
  const flat = new Map(flatten(raw, ''));

  test('is checked, with as many entries as its index counts', () => {
    assert.deepEqual([lock.status, lock.problems], ['checked', []]);
    assert.equal(lock.formatVersion?.value, raw.lockfileVersion === undefined ? undefined : '1');
    assert.deepEqual(
      [lock.entries.length, lock.entriesTotal],
      [countOf(dirname(file)), countOf(dirname(file))],
    );
    assert.deepEqual(
      lock.entries.map(({ key }) => key),
      [...flat.keys()],
    );
    assert.equal(lock.recordsEdges, raw.lockfileVersion !== undefined);
  });

  test('has the values that JSON.parse has, and its spans are their tokens', () => {
    for (const entry of lock.entries) {
      const source = flat.get(entry.key)!;
      assert.equal(lock.entry(entry.key), entry);
      assert.equal(cut(entry.keySpan), JSON.stringify(entry.folder));
      assert.deepEqual(JSON.parse(`{${cut(entry.span)}}`)[entry.folder], source);
      const isUrl = source.version!.includes(':');
      assert.equal(entry.version?.value, isUrl ? undefined : source.version);
      assert.equal(entry.resolved?.value, source.resolved ?? (isUrl ? source.version : undefined));
      assert.deepEqual([entry.integrity?.value, entry.from?.value], [source.integrity, source.from]);
      for (const located of [entry.version, entry.resolved, entry.integrity, entry.from]) {
        if (located !== undefined) assert.equal(cut(located.span), JSON.stringify(located.value));
      }
      assert.deepEqual(
        [entry.dev, entry.optional, entry.bundled],
        [source.dev === true, source.optional === true, source.bundled === true],
      );
      const requires = typeof source.requires === 'object' ? source.requires : {};
      const edges = entry.edges.map(({ name, specifier }) => [name, specifier.value]);
      assert.deepEqual(Object.fromEntries(edges), requires);
    }
  });

  test('packages come from git and addresses where their version says so, else from a registry', () => {
    for (const entry of lock.entries) {
      const { version, resolved } = flat.get(entry.key)!;
      const address = resolved ?? version!;
      const expected = /^git/.test(address)
        ? 'git'
        : /^https:(?!.*\/-\/)/.test(address)
          ? 'tarball'
          : 'registry';
      assert.equal(entry.source, expected, entry.key);
    }
  });

  test('every edge leads to the nearest package of its name', () => {
    let followed = 0;
    for (const entry of lock.entries) {
      for (const edge of entry.edges) {
        const to = lock.follow(entry, edge);
        assert.equal(to?.key, nearest(flat, entry.key, edge.name));
        if (to !== undefined) followed++;
      }
    }
    assert.ok(followed > 0 || !lock.recordsEdges);
  });

  test('what the manifest declares resolves to what stands at the top', () => {
    const manifest = JSON.parse(readFileSync(join(CORPUS, dirname(file), 'package.json'), 'utf8')) as Raw;
    const names = Object.keys(manifest.dependencies ?? {});
    assert.ok(names.length > 0);
    for (const name of names) {
      assert.equal(
        lock.resolve('', name)?.key,
        flat.has(`node_modules/${name}`) ? `node_modules/${name}` : undefined,
      );
    }
  });

  test('cut anywhere, it is never called checked and points nowhere outside', () => {
    for (let piece = 1; piece <= 12; piece++) {
      const end = Math.floor((text.trimEnd().length * piece) / 13);
      const part = readNpmV1Lockfile('file:///lock', text.slice(0, end), 'package-lock');
      assert.notEqual(part.status, 'checked');
      assert.ok(part.entries.length <= part.entriesTotal);
      for (const entry of part.entries) {
        assert.ok(entry.span.end <= end);
        assert.equal(entry.integrity?.value, flat.get(entry.key)?.integrity);
      }
    }
  });
}

/** Flattens in the order of the text, which objects keep for names that are not numbers. */
function flatten(raw: Raw, prefix: string): readonly (readonly [string, Raw])[] {
  return Object.entries(raw.dependencies ?? {}).flatMap(([name, nested]) => {
    const key = `${prefix}node_modules/${name}`;
    return [[key, nested] as const, ...flatten(nested, `${key}/`)];
  });
}

function nearest(flat: ReadonlyMap<string, Raw>, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const key = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (flat.has(key)) return key;
    if (folder === '') return undefined;
  }
}

function countOf(folder: string): number {
  const line = readFileSync(join(CORPUS, 'README.md'), 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`| ${folder} |`));
  return Number(line!.split('|')[8]);
}
