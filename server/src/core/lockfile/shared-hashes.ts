import type { LockEntry } from './lockfile.ts';

/** Two entries of different packages, or of different versions of one, with one and the same hash. */
export interface SharedHash {
  readonly entry: LockEntry;
  readonly other: LockEntry;
}

/**
 * Entries with the hash of another package or version: a tarball holds its own name and version, so that one of the two
 * was changed. Whoever has the tarball in a cache takes it by its hash, without a look at the address. Both are given.
 */
export function* sharedHashes(entries: readonly LockEntry[]): Generator<SharedHash, void> {
  const byHash = new Map<string, LockEntry>();
  const given = new Set<LockEntry>();
  for (const entry of entries) {
    const hash = hashOf(entry);
    if (hash === undefined) continue;
    const first = byHash.get(hash);
    if (first === undefined) {
      byHash.set(hash, entry);
      continue;
    }
    if (isSamePackage(first, entry)) continue;
    if (!given.has(first)) yield { entry: first, other: entry };
    given.add(first);
    yield { entry, other: first };
  }
}

/** What stands for a whole hash of the strongest kind; a shorter one is none. */
function hashOf({ source, bundled, integrity, checksum }: LockEntry): string | undefined {
  if (source !== 'registry' || bundled) return undefined;
  const value = integrity?.value ?? checksum?.value;
  return value === undefined || value.length < WHOLE || value.startsWith('sha1-') ? undefined : value;
}

/** Of sha512 in base64 with its name; Yarn's checksums are longer. */
const WHOLE = 95;

function isSamePackage(a: LockEntry, b: LockEntry): boolean {
  return a.name === b.name && bare(a.version?.value) === bare(b.version?.value);
}

/** Without the build metadata, which registries leave out. */
function bare(version: string | undefined): string | undefined {
  const plus = version?.indexOf('+') ?? -1;
  return plus === -1 ? version : version?.slice(0, plus);
}
