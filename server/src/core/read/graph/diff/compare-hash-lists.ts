import type { EntryHash } from '../../lockfile/record/entry-hash.ts';
import type { HashChange } from './diff-types.ts';

/** Weakest first; unlisted algorithms are weaker still. */
const STRENGTH = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

/** Hashes of one or several entries of a version, by the text used to compare them. */
export type HashTexts = ReadonlyMap<string, EntryHash>;

/** Returns the hashes by the text used to compare them. */
export function hashTexts(hashes: Iterable<EntryHash>): Map<string, EntryHash> {
  return new Map([...hashes].map((hash) => [`${hash.algorithm} ${hash.digest}`, hash]));
}

/**
 * Compares the hashes of a package in two lockfiles; undefined if they are the same.
 * @param isOneFormat whether both would record the same hashes; if not, a hash in only one of them counts only if they
 * share none
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
  // Formats also keep hashes of other algorithms, or of zips, but a single hash has to be of a known algorithm.
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

/** Yarn hashes zips with SHA-512. */
function strongest(hashes: ReadonlyMap<string, unknown>): number {
  return Math.max(
    ...[...hashes.keys()].map((algorithm) =>
      algorithm.startsWith('zip ') ? STRENGTH.length : STRENGTH.indexOf(algorithm),
    ),
  );
}
