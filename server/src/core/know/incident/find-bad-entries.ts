import { installedAs } from '../../read/lockfile/model/installed-as.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { BadVersions } from './bad-versions.ts';

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

/** Finds the bad versions that a lockfile installs from a registry. */
export function findBadEntries(bad: BadVersions, lockfile: Lockfile): LockVerdict {
  if (lockfile.status === 'unreadable' || lockfile.status === 'unsupported')
    return { hits: [], unread: clauseOf(lockfile.reason ?? 'it could not be read') };
  const hits = new Map<string, LockedVersion>();
  let doubt: LockedVersion | undefined;
  for (const entry of lockfile.entries) {
    // Only a URL can say another name than the entry, and reading its other members takes longest.
    if (!bad.claims.has(entry.name) && entry.resolved === undefined) continue;
    const installed = installedAs(entry);
    const claims = installed === undefined ? undefined : bad.claims.get(installed.name);
    if (installed === undefined || claims === undefined) continue;
    const { name, version } = installed;
    const verdicts = claims.map((claim) => claim.affects(version));
    if (verdicts.includes('yes')) hits.set(`${name}@${version}`, { name, version });
    else if (verdicts.includes('unknown')) doubt = { name, version };
  }
  const found = [...hits].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hit]) => hit);
  if (lockfile.status === 'partial')
    return { hits: found, unread: `it was read partly: ${clauseOf(lockfile.reason ?? 'it is damaged')}` };
  const unread =
    doubt === undefined ? undefined : `nothing says whether ${doubt.name} ${doubt.version} is affected`;
  return { hits: found, unread };
}

function clauseOf(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
