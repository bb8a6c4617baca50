import { isBroughtAlong } from '../model/brought-along.ts';
import { compareHashes, type Hashes, hashesOf, isOfZip, STRENGTH } from '../model/entry-hashes.ts';
import type { LockEntry, Lockfile } from '../model/lockfile.ts';

/** What a conflict tells of an entry: those of an older copy in the same file are no `LockEntry` of its own. */
export type HashedEntry = Pick<
  LockEntry,
  'key' | 'name' | 'version' | 'source' | 'resolved' | 'integrity' | 'checksum' | 'keySpan' | 'bundled'
>;

/** Two entries of one package and version that cannot both be what the registry has. */
export interface HashConflict {
  readonly entry: HashedEntry;
  readonly other: HashedEntry;
  readonly algorithm: string;
}

/**
 * An entry whose hash of the committed file cannot be compared with its own: it has none that counts, one of a weaker
 * algorithm, or of another one.
 */
export interface HashLoss {
  readonly entry: LockEntry;
  readonly before: HashedEntry;
  readonly change: 'removed' | 'weaker' | 'other';
  /** The strongest of the committed file, and of this one where it has any. */
  readonly from: string;
  readonly to: string | undefined;
}

/** Whether two addresses are of one registry; undefined is the configured one. */
export type SameRegistry = (a: string | undefined, b: string | undefined) => boolean;

/**
 * Entries whose hash is not that of most others of the same name and version in the file; where there is no majority,
 * not that of the first. Only packages of registries are compared, as a registry keeps a published version as it is.
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
 * The entries whose hash is not that of the same name and version in another lockfile, or in an earlier state of the
 * same file.
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
 * Entries whose hash an earlier state of the file had in another algorithm, so that nothing compares the two. One that
 * could be forged and now is strong, as newer package managers make it, is `other`, and so is Yarn's of its own zip in
 * place of any other, or of one with another key of the cache: another version of Yarn writes it. Yarn leaves out checksums
 * of what is for other machines, so that one which is gone is no loss here.
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

/** Entries that accept more than one download, by two hashes of one algorithm: any of them is enough. */
export function* ambiguousHashes(
  entries: readonly LockEntry[],
): Generator<{ readonly entry: LockEntry; readonly algorithm: string }, void> {
  for (const entry of entries) {
    const value = entry.integrity?.value ?? '';
    // One hash alone, as nearly all have.
    if (value.length === ONE_SHA512 && value.startsWith('sha512-')) continue;
    if (!/\S\s+\S/.test(value) && (!value.startsWith('sha1-') || entry.checksum === undefined)) continue;
    for (const [algorithm, digests] of hashesOf(entry)) {
      if (digests.size < 2) continue;
      yield { entry, algorithm };
      break;
    }
  }
}

/** The length of one, with its name. */
const ONE_SHA512 = 95;

/** A real file has two or three entries of one version; a hostile one may have any number. */
const MOST_COMPARED = 10;

const NO_ENTRIES: readonly HashedEntry[] = [];

/** Each edit of a lockfile is compared with the same other one. */
const indexed = new WeakMap<Lockfile, ReadonlyMap<string, readonly HashedEntry[]>>();

function versionKey({ name, version }: HashedEntry): string {
  return `${name} ${version?.value}`;
}

/** By name and version, those whose hashes differ. */
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

/** Groups of two and more. Most names stand once in a file, and only the others' versions are looked at. */
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
  return entry.source === 'registry' && !isBroughtAlong(entry);
}

function hasSameText(a: HashedEntry, b: HashedEntry): boolean {
  return a.integrity?.value === b.integrity?.value && a.checksum?.value === b.checksum?.value;
}
