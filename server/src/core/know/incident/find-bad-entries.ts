import { installedAs } from '../../read/lockfile/model/installed-as.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { NpmLockfile } from '../../read/lockfile/npm/npm-lockfile.ts';
import { type BadVersions, claimsOn } from './bad-versions.ts';

/** A package with its version, as a lockfile installs it. */
export interface LockedVersion {
  readonly name: string;
  readonly version: string;
}

/** What one text of a lockfile shows of an incident. */
export interface LockVerdict {
  /** The bad versions, sorted. */
  readonly hits: readonly LockedVersion[];
  /** Why it is unknown whether there are more, as a clause; undefined if all of it was read. */
  readonly unread: string | undefined;
}

/** The verdict on a lockfile that names none of the packages. */
export const CLEAN: LockVerdict = { hits: [], unread: undefined };

/**
 * Finds the bad versions that a lockfile installs from a registry. A tarball from elsewhere with the name and version of one may
 * be its copy.
 * @param use gets each entry that installs one
 */
export function findBadEntries(
  bad: BadVersions,
  lockfile: Pick<Lockfile, 'status' | 'reason' | 'entries'> & Partial<Pick<NpmLockfile, 'nestedCopy'>>,
  use?: (entry: LockEntry, version: LockedVersion) => void,
): LockVerdict {
  if (lockfile.status === 'unreadable' || lockfile.status === 'unsupported')
    return { hits: [], unread: clauseOf(lockfile.reason ?? 'it could not be read') };
  const hits = new Map<string, LockedVersion>();
  let doubt: string | undefined;
  // npm 6 and earlier install what npm 7 and later write for them.
  const copies = lockfile.nestedCopy?.()?.entries() ?? [];
  for (const entry of [...lockfile.entries, ...copies]) {
    // Only a URL can say another name than the entry, and reading its other members takes longest.
    if (!bad.claims.has(entry.name) && entry.resolved === undefined) continue;
    const installed = installedAs(entry);
    const claims = installed === undefined ? undefined : bad.claims.get(installed.name);
    if (installed === undefined) doubt = doubtOnTarball(bad, entry) ?? doubt;
    if (installed === undefined || claims === undefined) continue;
    const { name, version } = installed;
    const verdicts = claims.map((claim) => claim.affects(version));
    if (verdicts.includes('yes')) {
      const hit = hits.get(`${name}@${version}`) ?? { name, version };
      hits.set(`${name}@${version}`, hit);
      use?.(entry, hit);
    } else if (verdicts.includes('unknown')) doubt = `nothing says whether ${name} ${version} is affected`;
  }
  const found = sortedHits(hits);
  if (lockfile.status === 'partial')
    return { hits: found, unread: `it was read partly: ${clauseOf(lockfile.reason ?? 'it is damaged')}` };
  return { hits: found, unread: doubt };
}

/** Returns what is unknown of a tarball from elsewhere that has the name and version of a bad one. */
function doubtOnTarball(bad: BadVersions, { name, version, source }: LockEntry): string | undefined {
  if (version === undefined || (source !== 'tarball' && source !== 'file')) return undefined;
  if (claimsOn(bad, name, version.value).length === 0) return undefined;
  return `nothing says whether the tarball of ${name} ${version.value} is that of a registry`;
}

/** Returns the versions in the order of a verdict. */
export function sortedHits(hits: ReadonlyMap<string, LockedVersion>): readonly LockedVersion[] {
  return [...hits].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hit]) => hit);
}

function clauseOf(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
