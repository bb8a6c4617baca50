import type { EntryHash } from '../../lockfile/record/entry-hash.ts';
import type { HashChange } from './diff-types.ts';

/** From the weakest on; what is not among them is weaker. */
const STRENGTH = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

/** Hashes by their text as they are compared, of one or several entries of a version. */
export type HashTexts = ReadonlyMap<string, EntryHash>;

/** Returns the hashes by what they are compared by. */
export function hashTexts(hashes: Iterable<EntryHash>): Map<string, EntryHash> {
  return new Map([...hashes].map((hash) => [`${hash.algorithm} ${hash.digest}`, hash]));
}

/**
 * Compares the hashes of a package in two lockfiles; undefined where they are the same.
 * @param isOneFormat whether both would have the same hashes: else what only one has counts only where they share none
 */
export function compareHashLists(
  before: HashTexts,
  after: HashTexts,
  isOneFormat: boolean,
): HashChange | undefined {
  const old = byAlgorithm(before);
  const now = byAlgorithm(after);
  let shared = 0;
  for (const [algorithm, digests] of old) {
    const others = now.get(algorithm);
    if (others === undefined) continue;
    shared++;
    if (digests.size !== others.size || ![...digests].every((digest) => others.has(digest))) return 'other';
  }
  if (shared === old.size && shared === now.size) return undefined;
  // Formats keep hashes of other algorithms beside each other, or of zips; but one alone has to be of one that is known.
  if (!isOneFormat && (shared > 0 || !isOfTarball(old) || !isOfTarball(now))) return undefined;
  if (old.size === 0) return 'added';
  if (now.size === 0) return 'removed';
  return strongest(now) < strongest(old) ? 'weaker' : 'algorithm';
}

function byAlgorithm(hashes: HashTexts): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { algorithm, digest } of hashes.values()) {
    const known = found.get(algorithm);
    if (known === undefined) found.set(algorithm, new Set([digest]));
    else known.add(digest);
  }
  return found;
}

function isOfTarball(hashes: ReadonlyMap<string, unknown>): boolean {
  return hashes.size > 0 && [...hashes.keys()].every((algorithm) => !algorithm.startsWith('zip '));
}

/** Yarn's hashes of zips are of SHA-512. */
function strongest(hashes: ReadonlyMap<string, unknown>): number {
  return Math.max(
    ...[...hashes.keys()].map((algorithm) =>
      algorithm.startsWith('zip ') ? STRENGTH.length : STRENGTH.indexOf(algorithm),
    ),
  );
}
