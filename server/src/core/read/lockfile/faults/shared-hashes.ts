import { isBroughtAlong } from '../model/brought-along.ts';
import type { LockEntry } from '../model/lockfile.ts';

/** An entry of each package or version that has one and the same hash: two or more. */
export type SharedHash = readonly [LockEntry, LockEntry, ...LockEntry[]];

/**
 * Entries with the hash of another package or version: a tarball holds its own name and version, so that all but one of
 * them were changed. Whoever has the tarball in a cache takes it by its hash, without a look at the address. Those of
 * which it is known why they have another's hash are passed over.
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

/** What stands for a whole hash of the strongest kind that the entry has; a shorter one is none. */
function hashOf(entry: LockEntry): string | undefined {
  const { source, integrity, checksum } = entry;
  if (source !== 'registry' || isBroughtAlong(entry)) return undefined;
  if (integrity === undefined) {
    const value = checksum?.kind === 'yarn-zip' ? checksum.value : '';
    return value.length < WHOLE ? undefined : value;
  }
  const { value } = integrity;
  if (value.length === WHOLE && value.startsWith('sha512-') && !/[\s?]/.test(value)) return value;
  // Options behind a hash, and others beside it, change nothing.
  const hashes = value.split(/\s+/).map((hash) => hash.replace(/\?.*$/, ''));
  return WHOLE_HASHES.map((pattern) => hashes.find((hash) => pattern.test(hash))).find(
    (hash) => hash !== undefined,
  );
}

/** Of sha512 in base64 with its name; Yarn's checksums are longer. */
const WHOLE = 95;
/** The strongest first. */
const WHOLE_HASHES = [/^sha512-.{88}$/, /^sha384-.{64}$/, /^sha256-.{44}$/];

/** Returns whether both are one version of one package, whatever build metadata it is written with. */
export function isSamePackage(a: LockEntry, b: LockEntry): boolean {
  return a.name === b.name && bare(a.version?.value) === bare(b.version?.value);
}

function packageKey({ name, version }: LockEntry): string {
  return `${name} ${bare(version?.value) ?? ''}`;
}

/** Without the build metadata, which registries leave out. */
function bare(version: string | undefined): string | undefined {
  const plus = version?.indexOf('+') ?? -1;
  return plus === -1 ? version : version?.slice(0, plus);
}
