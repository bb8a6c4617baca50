import { isSamePackage } from '../../read/lockfile/faults/shared-hashes.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { plainBaseOf } from '../../read/lockfile/model/registry-base.ts';
import { isShippedInside } from '../../read/lockfile/model/shipped-inside.ts';
import { memoizeOf } from '../../read/text/remember-of.ts';
import { isSameVersion } from './url-mismatch.ts';

/** An entry, and the package that had its hash in an earlier state of the file. */
export interface MovedHash {
  readonly entry: LockEntry;
  readonly before: LockEntry;
}

/**
 * Yields the entries whose hash belonged to another name or version in an earlier state of the file, and not to theirs.
 * A tarball contains its own name and version, so the text of the entry changed but not what it installs. Copies and
 * aliases count as the same package. Unchanged entries cost only a lookup.
 */
export function* movedHashes(entries: readonly LockEntry[], before: Lockfile): Generator<MovedHash, void> {
  const owners = ownersOf(before);
  for (const entry of entries) {
    if (!isCompared(entry)) continue;
    for (const hash of hashTexts(entry)) {
      const known = owners.get(hash);
      if (known === undefined || known.some((owner) => mayShare(owner, entry))) continue;
      if (known.some((owner) => isCorrected(owner, entry))) continue;
      yield { entry, before: known[0]! };
      break;
    }
  }
}

/** For each hash, one entry of each package that has it. */
const ownersOf: (lockfile: Lockfile) => ReadonlyMap<string, readonly LockEntry[]> = memoizeOf(
  ({ entries }) => {
    const owners = new Map<string, LockEntry[]>();
    for (const entry of entries) {
      if (!isCompared(entry)) continue;
      for (const hash of hashTexts(entry)) {
        const known = owners.get(hash);
        if (known === undefined) owners.set(hash, [entry]);
        else if (known.length < MOST_OWNERS && !known.some((owner) => isSamePackage(owner, entry)))
          known.push(entry);
      }
    }
    return owners;
  },
);

/** Real files have one owner; a hostile file may have any number. */
const MOST_OWNERS = 10;

function isCompared(entry: LockEntry): boolean {
  return (entry.source === 'registry' || entry.source === 'tarball') && !isShippedInside(entry);
}

/**
 * Checks whether two entries may share a hash. A dependency declared by URL has whatever name its dependent gives it.
 */
function mayShare(owner: LockEntry, entry: LockEntry): boolean {
  if (isSamePackage(owner, entry)) return true;
  if (owner.source === 'registry' && entry.source === 'registry') return false;
  const [was, is] = [owner.version?.value, entry.version?.value];
  return was === undefined || is === undefined || isSameVersion(was, is);
}

/** Checks whether the URL is unchanged and names the entry's current package, i.e. the previous name was wrong. */
function isCorrected(before: LockEntry, now: LockEntry): boolean {
  return now.resolved?.value === before.resolved?.value && plainBaseOf(now) !== undefined;
}

/** Returns the hashes that package managers would accept, each without the part whose spelling may vary. */
function hashTexts({ integrity, checksum }: LockEntry): readonly string[] {
  const texts: string[] = [];
  for (const text of integrity === undefined ? [] : wordsOf(integrity.value)) {
    const whole = WHOLE[text.slice(0, text.indexOf('-'))];
    if (whole !== undefined && text.length >= whole) texts.push(text.slice(0, whole));
  }
  if (checksum !== undefined) {
    const digest = checksum.value.slice(checksum.value.indexOf('/') + 1).toLowerCase();
    if (digest.length >= SHORTEST_HEX) texts.push(`${checksum.kind} ${digest}`);
  }
  return texts;
}

/** The length of an algorithm's name with its base64 digest, without the last character if that has spare bits. */
const WHOLE: Readonly<Record<string, number | undefined>> = { sha512: 92, sha384: 71, sha256: 49, sha1: 31 };

/** The length for SHA-1. */
const SHORTEST_HEX = 40;

function wordsOf(text: string): readonly string[] {
  return text.includes(' ') || /\s/.test(text) ? text.split(/\s+/) : [text];
}
