import type { Lockfile } from '../model/lockfile.ts';
import { BerryLockEntry } from '../yarn-berry/berry-lock-entry.ts';

/**
 * Returns which Yarn wrote the lockfile: 1 or a later one, which reject each other's. Detected by the version at its
 * top, of which Yarn 1 has only one; if that is lost, by the first entry. Undefined for other package managers'
 * lockfiles and if nothing shows it.
 */
export function yarnGeneration(lockfile: Lockfile): 'classic' | 'berry' | undefined {
  const { format, formatVersion, importers, entries, links } = lockfile;
  if (format !== 'yarn') return undefined;
  if (formatVersion !== undefined) return formatVersion.value === '1' ? 'classic' : 'berry';
  if (importers.size > 0) return 'berry';
  const first = entries[0] ?? links[0];
  if (first === undefined) return undefined;
  return first instanceof BerryLockEntry ? 'berry' : 'classic';
}
