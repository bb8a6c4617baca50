import type { LockEntry } from '../model/lockfile.ts';
import { isShippedInside } from '../model/shipped-inside.ts';

/** Two or more entries with the same hash, one for each package or version. */
export type SharedHash = readonly [LockEntry, LockEntry, ...LockEntry[]];

/**
 * Returns entries that share a hash with another package or version: a tarball holds its own name and version, so that
 * all but one of them were changed. A client with the tarball in its cache takes it by its hash without checking the
 * URL. Entries with a known reason for another's hash are skipped.
 */
export function sharedHashes(
  entries: readonly LockEntry[],
  explained: ReadonlySet<LockEntry>,
): readonly SharedHash[] {
  const byHash = new Map<string, LockEntry>();
  const shared = new Map<string, Map<string, LockEntry>>();
  for (const entry of entries) {
    const hash = hashOf(entry);
    if (hash === undefined || explained.has(entry)) continue;
    const first = byHash.get(hash);
    if (first === undefined) {
      byHash.set(hash, entry);
      continue;
    }
    if (isSamePackage(first, entry)) continue;
    let packages = shared.get(hash);
    if (packages === undefined) {
      packages = new Map([[packageKey(first), first]]);
      shared.set(hash, packages);
    }
    const key = packageKey(entry);
    if (!packages.has(key)) packages.set(key, entry);
  }
  return Array.from(shared.values(), (packages) => [...packages.values()] as unknown as SharedHash);
}

/** Returns a key for a complete hash of the entry's strongest kind; a shorter hash counts as none. */
function hashOf(entry: LockEntry): string | undefined {
  const { source, integrity, checksum } = entry;
  if (source !== 'registry' || isShippedInside(entry)) return undefined;
  if (integrity === undefined) {
    const value = checksum?.kind === 'yarn-zip' ? checksum.value : '';
    return value.length < WHOLE ? undefined : value;
  }
  const { value } = integrity;
  if (value.length === WHOLE && value.startsWith('sha512-') && !/[\s?]/.test(value)) return value;
  // Options after a hash, and other hashes beside it, change nothing.
  const hashes = value.split(/\s+/).map((hash) => hash.replace(/\?.*$/, ''));
  return WHOLE_HASHES.map((pattern) => hashes.find((hash) => pattern.test(hash))).find(
    (hash) => hash !== undefined,
  );
}

/** The length of a sha512 in base64 with its algorithm; Yarn's checksums are longer. */
const WHOLE = 95;
/** Strongest first. */
const WHOLE_HASHES = [/^sha512-.{88}$/, /^sha384-.{64}$/, /^sha256-.{44}$/];

/** Checks whether both are one version of one package, ignoring build metadata. */
export function isSamePackage(a: LockEntry, b: LockEntry): boolean {
  return a.name === b.name && bare(a.version?.value) === bare(b.version?.value);
}

function packageKey({ name, version }: LockEntry): string {
  return `${name} ${bare(version?.value) ?? ''}`;
}

/** Strips the build metadata, which registries omit. */
function bare(version: string | undefined): string | undefined {
  const plus = version?.indexOf('+') ?? -1;
  return plus === -1 ? version : version?.slice(0, plus);
}
