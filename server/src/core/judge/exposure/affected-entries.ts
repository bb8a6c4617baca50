import type { Advisory } from '../../know/advisory/advisory.ts';
import { installedAs } from '../../read/lockfile/model/installed-as.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Affecting } from './affecting.ts';

/**
 * Returns the registry packages of a lockfile that advisories affect, in text order, identified by what their URLs
 * install.
 *
 * @param unasked entries that no install uses
 */
export function affectedEntries(
  { entries }: Pick<Lockfile, 'entries'>,
  affecting: Affecting,
  unasked: ReadonlySet<LockEntry> = new Set(),
): ReadonlyMap<LockEntry, readonly Advisory[]> {
  const affected = new Map<LockEntry, readonly Advisory[]>();
  for (const entry of entries) {
    const installed = unasked.has(entry) ? undefined : installedAs(entry);
    if (installed === undefined) continue;
    const advisories = affecting(installed.name, installed.version);
    if (advisories.length > 0) affected.set(entry, advisories);
  }
  return affected;
}
