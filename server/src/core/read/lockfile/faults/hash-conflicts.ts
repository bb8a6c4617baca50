import { compareHashes, type Hashes, hashesOf, isOfZip, STRENGTH } from '../model/entry-hashes.ts';
import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import { isShippedInside } from '../model/shipped-inside.ts';

/** The parts of an entry that a conflict needs: those of an older copy in the same file are not a `LockEntry`. */
export type HashedEntry = Pick<
  LockEntry,
  'key' | 'name' | 'version' | 'source' | 'resolved' | 'integrity' | 'checksum' | 'keySpan' | 'bundled'
>;

/** Two entries of one package and version that cannot both match the registry. */
export interface HashConflict {
  readonly entry: HashedEntry;
  readonly other: HashedEntry;
  readonly algorithm: string;
}

/**
 * An entry whose hash cannot be compared with the committed file's: it has no valid one, one of a weaker algorithm, or
 * one of another.
 */
export interface HashLoss {
  readonly entry: LockEntry;
  readonly before: HashedEntry;
  readonly change: 'removed' | 'weaker' | 'other';
  /** The strongest hash of the committed file, and of this one if it has any. */
  readonly from: string;
  readonly to: string | undefined;
}

/** Checks whether two URLs belong to one registry; undefined means the configured one. */
export type SameRegistry = (a: string | undefined, b: string | undefined) => boolean;

/**
 * Yields entries whose hash differs from that of most others with the same name and version in the file or, without a
 * majority, from that of the first. Compares only packages of registries, because a registry never changes a published
 * version.
 */
export function* conflictsWithin(
  entries: readonly HashedEntry[],
  isSameRegistry: SameRegistry,
): Generator<HashConflict, void> {
  for (const same of sameVersions(entries)) {
    const [first, ...rest] = same;
    if (rest.every((entry) => hasSameText(entry, first!))) continue;
    const byText = new Map<string, { readonly hashes: Hashes; readonly members: HashedEntry[] }>();
    for (const entry of same) {
      const text = `${entry.integrity?.value} ${entry.checksum?.value}`;
      const known = byText.get(text);
      if (known === undefined) byText.set(text, { hashes: hashesOf(entry), members: [entry] });
      else known.members.push(entry);
    }
    const clusters = [...byText.values()].filter(({ hashes }) => hashes.size > 0);
    clusters.sort((a, b) => b.members.length - a.members.length);
    const [main, ...minor] = clusters;
    if (main === undefined) continue;
    for (const { hashes, members } of minor) {
      const comparison = compareHashes(main.hashes, hashes);
      if (comparison.result !== 'other') continue;
      const { algorithm } = comparison;
      for (const entry of members) {
        const other = main.members
          .slice(0, MOST_COMPARED)
          .find(({ resolved }) => isSameRegistry(resolved?.value, entry.resolved?.value));
        if (other !== undefined) yield { entry, other, algorithm };
      }
    }
  }
}

/**
 * Yields entries whose hash differs from that of the same name and version in another lockfile, or in an earlier state
 * of the same file.
 */
export function* conflictsBetween(
  entries: readonly LockEntry[],
  other: Lockfile,
  isSameRegistry: SameRegistry,
): Generator<HashConflict, void> {
  const theirs = indexed.get(other) ?? byVersion(other.entries);
  indexed.set(other, theirs);
  for (const entry of entries) {
    if (!isCompared(entry)) continue;
    const same = theirs.get(versionKey(entry)) ?? NO_ENTRIES;
    if (same.length === 0 || same.some((one) => hasSameText(one, entry))) continue;
    const hashes = hashesOf(entry);
    const near = same.filter((one) => isSameRegistry(one.resolved?.value, entry.resolved?.value));
    const comparisons = near.map((one) => ({ one, comparison: compareHashes(hashesOf(one), hashes) }));
    if (comparisons.some(({ comparison }) => comparison.result === 'same')) continue;
    for (const { one, comparison } of comparisons) {
      if (comparison.result !== 'other') continue;
      yield { entry, other: one, algorithm: comparison.algorithm };
      break;
    }
  }
}

/**
 * Yields entries whose hash had another algorithm in an earlier state of the file, so that the two cannot be compared.
 * A change from a forgeable hash to a strong one, as newer package managers make, is `other`. So is Yarn's hash of its
 * own zip in place of any other, or of one with another cache key: another version of Yarn writes it. Yarn omits
 * checksums of packages for other machines, so a missing one is no loss here.
 */
export function* lossesSince(
  lockfile: Lockfile,
  committed: Lockfile,
  isSameRegistry: SameRegistry,
): Generator<HashLoss, void> {
  const theirs = indexed.get(committed) ?? byVersion(committed.entries);
  indexed.set(committed, theirs);
  for (const entry of lockfile.entries) {
    if (!isCompared(entry)) continue;
    const same = theirs.get(versionKey(entry)) ?? NO_ENTRIES;
    if (same.length === 0 || same.some((one) => hasSameText(one, entry))) continue;
    const hashes = hashesOf(entry);
    let loss: HashLoss | undefined;
    for (const before of same) {
      if (!isSameRegistry(before.resolved?.value, entry.resolved?.value)) continue;
      const known = hashesOf(before);
      const [from, to] = [strongest(known), strongest(hashes)];
      // Not recorded then, or the same now: nothing is lost.
      if (from === undefined || (to !== undefined && isAtLeast(to, from) && shares(known, hashes))) {
        loss = undefined;
        break;
      }
      if (to === undefined && isOfZip(from)) continue;
      const change = to === undefined ? 'removed' : isAtLeast(to, from) ? 'other' : 'weaker';
      loss ??= { entry, before, change, from, to };
    }
    if (loss !== undefined) yield loss;
  }
}

function strongest(hashes: Hashes): string | undefined {
  return STRENGTH.find((algorithm) => hashes.has(algorithm)) ?? [...hashes.keys()].find(isOfZip);
}

function isAtLeast(algorithm: string, other: string): boolean {
  return rankOf(algorithm) <= rankOf(other);
}

/** Yarn's checksums are SHA-512 as well. */
function rankOf(algorithm: string): number {
  return isOfZip(algorithm) ? 0 : STRENGTH.indexOf(algorithm);
}

function shares(a: Hashes, b: Hashes): boolean {
  return [...a.keys()].some((algorithm) => b.has(algorithm));
}

/** Yields entries that accept more than one download, through two hashes of one algorithm: either of them is enough. */
export function* ambiguousHashes(
  entries: readonly LockEntry[],
): Generator<{ readonly entry: LockEntry; readonly algorithm: string }, void> {
  for (const entry of entries) {
    const value = entry.integrity?.value ?? '';
    // A single hash, as in nearly all entries.
    if (value.length === ONE_SHA512 && value.startsWith('sha512-')) continue;
    if (!/\S\s+\S/.test(value) && (!value.startsWith('sha1-') || entry.checksum === undefined)) continue;
    for (const [algorithm, digests] of hashesOf(entry)) {
      if (digests.size < 2) continue;
      yield { entry, algorithm };
      break;
    }
  }
}

/** The length of one such hash, with its algorithm. */
const ONE_SHA512 = 95;

/** A real file has two or three entries of one version; a hostile one may have any number. */
const MOST_COMPARED = 10;

const NO_ENTRIES: readonly HashedEntry[] = [];

/** Each edited state of a lockfile is compared with the same other one. */
const indexed = new WeakMap<Lockfile, ReadonlyMap<string, readonly HashedEntry[]>>();

function versionKey({ name, version }: HashedEntry): string {
  return `${name} ${version?.value}`;
}

/** Groups entries with different hashes by name and version. */
function byVersion(entries: readonly HashedEntry[]): ReadonlyMap<string, readonly HashedEntry[]> {
  const found = new Map<string, HashedEntry[]>();
  for (const entry of entries) {
    if (!isCompared(entry) || entry.version === undefined) continue;
    const key = versionKey(entry);
    const known = found.get(key);
    if (known === undefined) found.set(key, [entry]);
    else if (known.length < MOST_COMPARED && !known.some((one) => hasSameText(one, entry))) known.push(entry);
  }
  return found;
}

/** Yields groups of two or more. Most names are unique in a file, and only the versions of the others are read. */
function* sameVersions(entries: readonly HashedEntry[]): Generator<readonly HashedEntry[], void> {
  const first = new Map<string, HashedEntry>();
  const groups = new Map<string, HashedEntry[]>();
  for (const entry of entries) {
    if (!isCompared(entry)) continue;
    const { name } = entry;
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, entry);
      continue;
    }
    for (const one of groups.has(versionKey(earlier)) ? [entry] : [earlier, entry]) {
      const key = versionKey(one);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
  }
  for (const group of groups.values()) if (group.length > 1 && group[0]!.version !== undefined) yield group;
}

function isCompared(entry: HashedEntry): boolean {
  return entry.source === 'registry' && !isShippedInside(entry);
}

function hasSameText(a: HashedEntry, b: HashedEntry): boolean {
  return a.integrity?.value === b.integrity?.value && a.checksum?.value === b.checksum?.value;
}
