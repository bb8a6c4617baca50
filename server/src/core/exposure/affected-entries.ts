import type { Advisory } from '../advisory/advisory.ts';
import type { LockEntry, Lockfile } from '../lockfile/lockfile.ts';
import type { Affecting } from './affecting.ts';

/** The packages of a lockfile that a registry serves and that advisories affect, in the order of the text. */
export function affectedEntries(
  { entries }: Lockfile,
  affecting: Affecting,
): ReadonlyMap<LockEntry, readonly Advisory[]> {
  const affected = new Map<LockEntry, readonly Advisory[]>();
  for (const entry of entries) {
    if (entry.source !== 'registry') continue;
    const version = entry.version?.value;
    if (version === undefined) continue;
    const advisories = affecting(entry.name, version);
    if (advisories.length > 0) affected.set(entry, advisories);
  }
  return affected;
}
