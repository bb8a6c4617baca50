import type { LockEntry } from '../lockfile/lockfile.ts';

/**
 * Hashes by what they are of: `sha512` and the like of a registry's tarball; `yarn-zip:10c0` of the zip that Yarn makes
 * of it with that key of its cache, which compares with no other.
 */
export type Hashes = Map<string, Set<string>>;

/** The hashes that an entry has. */
export function hashesOf({ integrity, checksum }: Pick<LockEntry, 'integrity' | 'checksum'>): Hashes {
  const hashes: Hashes = new Map();
  for (const part of integrity?.value.split(/\s+/) ?? []) {
    const dash = part.indexOf('-');
    if (dash > 0) add(hashes, part.slice(0, dash).toLowerCase(), part.slice(dash + 1).replace(/\?.*$/, ''));
  }
  if (checksum !== undefined) {
    const { kind, value } = checksum;
    const slash = value.lastIndexOf('/');
    if (kind === 'sha1') add(hashes, 'sha1-hex', value.toLowerCase());
    else add(hashes, `yarn-zip:${value.slice(0, Math.max(0, slash))}`, value.slice(slash + 1));
  }
  return hashes;
}

export function mergeHashes(into: Hashes, hashes: Hashes): void {
  for (const [kind, values] of hashes) for (const value of values) add(into, kind, value);
}

/**
 * Whether no kind of hash that both have differs.
 * @param isOneFormat whether it also counts that one has a hash and the other none
 */
export function sameHashes(a: Hashes, b: Hashes, isOneFormat: boolean): boolean {
  for (const [kind, values] of a) {
    const others = b.get(kind);
    if (others === undefined) continue;
    if (values.size !== others.size || ![...values].every((value) => others.has(value))) return false;
  }
  return !isOneFormat || (a.size === 0) === (b.size === 0);
}

function add(hashes: Hashes, kind: string, value: string): void {
  const known = hashes.get(kind);
  if (known === undefined) hashes.set(kind, new Set([value]));
  else known.add(value);
}
