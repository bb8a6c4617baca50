import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { nameEnd } from '../../server/src/core/read/lockfile/yarn/descriptor-index.ts';
import { readYarnLockfile } from '../../server/src/core/read/lockfile/yarn/read-yarn-lockfile.ts';
import type { YarnLockEntry, YarnLockfile } from '../../server/src/core/read/lockfile/yarn/yarn-lockfile.ts';
import type { Located, Span } from '../../server/src/core/read/text/span.ts';
import { allOf, yarnSpans } from '../unit/read/lockfile/yarn-lock.ts';
import {
  berryOracle,
  classicOracle,
  declaredBy,
  declaredIn,
  type OracleLock,
} from '../unit/read/lockfile/yarn-oracle.ts';

/** Real lockfiles beside the checkout, see its README.md. Without them there is nothing to check. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');

interface CorpusRow {
  readonly folder: string;
  readonly version: string;
  readonly packages: number;
}

/**
 * The number of edges in a file with a text that is not a key, and a name of several packages. Each is replaced by
 * `resolutions` in the project's manifest, which a lockfile does not repeat.
 */
const REPLACED: Readonly<Record<string, number>> = {
  'babel-berry-v5': 3,
  'babel-berry-v8': 5,
  'discordjs-berry-v6': 3,
  'jest-berry-v10': 4,
};

if (!existsSync(join(CORPUS, 'README.md'))) {
  console.log('no corpus');
} else {
  const rows = readIndex();
  test('the index of the corpus is read', () => assert.equal(rows.length, 10));
  for (const row of rows) describe(row.folder, () => checkRow(row));
}

function checkRow(row: CorpusRow): void {
  const text = readText(row);
  const lock = readYarnLockfile('file:///yarn.lock', text);
  const isBerry = row.version.startsWith('berry');
  const read = (isBerry ? berryOracle : classicOracle)(text);

  test('is checked, with as many entries as its index counts', () => {
    assert.deepEqual([lock.status, lock.reason], ['checked', undefined]);
    assert.deepEqual([lock.entries.length, lock.entriesTotal], [row.packages, row.packages]);
    assert.equal(lock.formatVersion?.value, row.version.replace(/^berry |^v/, ''));
  });

  test('has the values that another parser reads', () => checkValues(lock, read!, isBerry));

  test('its spans are the tokens of what they stand for', () => {
    const cut = ({ start, end }: Span) => text.slice(start, end);
    const isToken = ({ value, span }: Located<string>) =>
      assert.ok([value, JSON.stringify(value)].includes(cut(span)), `${value} is not ${cut(span)}`);
    for (const entry of allOf(lock)) {
      assert.ok(cut(entry.span).startsWith(cut(entry.keySpan)));
      assert.match(text.slice(entry.span.end, entry.span.end + 3), /^\r?\n(?:\r?\n|$)/);
      for (const located of [entry.version, entry.integrity, entry.checksum, ...entry.descriptors]) {
        if (located !== undefined) isToken(located);
      }
      if (entry.resolved !== undefined && !isBerry) isToken(entry.resolved);
      for (const { name, nameSpan, specifier } of entry.edges) {
        isToken({ value: name, span: nameSpan });
        isToken(specifier);
      }
      for (const span of yarnSpans(entry)) {
        assert.ok(span.start >= entry.span.start && span.end <= entry.span.end);
      }
    }
  });

  test('each edge leads to a package whose key has its name, but for those that resolutions replace', () => {
    let followed = 0;
    let replaced = 0;
    for (const entry of allOf(lock)) {
      for (const edge of entry.edges) {
        if (edge.section === 'peerDependencies') continue;
        const to = lock.follow(entry, edge);
        if (to === undefined) {
          replaced++;
          assert.ok(lock.named(edge.name).length > 1);
          assert.equal(lock.entry(`${edge.name}@${edge.specifier.value}`), undefined);
          continue;
        }
        followed++;
        assert.ok(to.descriptors.some(({ value }) => value.slice(0, nameEnd(value)) === edge.name));
        const exact = lock.entry(`${edge.name}@${edge.specifier.value}`);
        if (exact !== undefined) assert.equal(lock.origin(to), lock.origin(exact));
      }
    }
    assert.ok(followed > 0);
    assert.equal(replaced, REPLACED[row.folder] ?? 0);
  });

  test('what a manifest declares resolves for each member', () => {
    const manifest = join(CORPUS, row.folder, 'package.json');
    if (!existsSync(manifest)) return;
    const declared = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Record<string, string>>;
    let resolved = 0;
    for (const section of ['dependencies', 'devDependencies']) {
      for (const [name, specifier] of Object.entries(declared[section] ?? {})) {
        const entry = lock.resolve('', name, specifier);
        if (entry === undefined)
          assert.equal(lock.entry(`${name}@${specifier}`), undefined, `${name}@${specifier}`);
        else resolved++;
      }
    }
    assert.ok(resolved > 0);
  });

  test('cut anywhere, it is called checked only where another parser reads the same', () => {
    let checked = 0;
    for (let cut = 1; cut <= 25; cut++) {
      const end = Math.floor((text.trimEnd().length * cut) / 26);
      const part = readYarnLockfile('file:///yarn.lock', text.slice(0, end));
      if (part.status === 'checked') {
        checked++;
        checkValues(part, (isBerry ? berryOracle : classicOracle)(part.text)!, isBerry);
      }
      assert.ok(part.entries.length <= part.entriesTotal);
      for (const entry of allOf(part)) {
        for (const span of yarnSpans(entry)) assert.ok(span.end <= end);
      }
    }
    assert.ok(checked < 5);
  });
}

function checkValues(lock: YarnLockfile, read: OracleLock, isBerry: boolean): void {
  assert.ok(read !== undefined);
  const keys = Object.keys(read).filter((key) => key !== '__metadata');
  assert.ok(keys.length > 0);
  const byKey = new Map<string, YarnLockEntry>();
  for (const entry of allOf(lock)) {
    if (isBerry) byKey.set(entry.key, entry);
    else for (const { value } of entry.descriptors) byKey.set(value, entry);
  }
  assert.deepEqual([...byKey.keys()].toSorted(), keys.toSorted());
  for (const key of keys) {
    const entry = byKey.get(key)!;
    const theirs = read[key]!;
    assert.equal(entry.version?.value, theirs.version);
    assert.deepEqual(declaredBy(entry, isBerry), declaredIn(theirs), key);
    if (isBerry) {
      const resolution = String(theirs.resolution);
      assert.ok(resolution.startsWith(`${entry.name}@`), `${entry.name} of ${resolution}`);
      assert.equal(entry.checksum?.value, theirs.checksum);
      assert.equal(/@workspace:/.test(resolution), entry.source === 'workspace');
      const optional = Object.entries(
        (theirs.dependenciesMeta ?? {}) as Record<string, { optional?: string }>,
      )
        .filter(([name, meta]) => meta.optional === 'true' && name in ((theirs.dependencies ?? {}) as object))
        .map(([name]) => name);
      const ours = entry.edges.filter(({ section }) => section === 'optionalDependencies');
      assert.deepEqual(ours.map(({ name }) => name).toSorted(), optional.toSorted());
    } else {
      assert.equal(entry.resolved?.value, theirs.resolved);
      assert.equal(entry.integrity?.value, theirs.integrity);
      assert.equal(entry.checksum?.value, /\/-\/.*#([\da-f]{40})$/.exec(String(theirs.resolved))?.[1]);
    }
  }
}

function readText(row: CorpusRow): string {
  const path = join(CORPUS, row.folder, 'yarn.lock');
  const bytes = existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
  return bytes.toString('utf8');
}

/** Returns the rows of yarn.lock in the table of the corpus' README: folder, …, format, version, packages. */
function readIndex(): readonly CorpusRow[] {
  const table = readFileSync(join(CORPUS, 'README.md'), 'utf8').split('\n');
  const folders = new Set(readdirSync(CORPUS));
  return table
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => folders.has(cells[1] ?? '') && cells[6] === 'yarn')
    .map((cells) => ({ folder: cells[1]!, version: cells[7]!, packages: Number(cells[8]) }));
}
