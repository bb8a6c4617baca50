import type { LockEdge, LockEntry, Lockfile } from '../model/lockfile.ts';
import type { YarnLockfile } from './yarn-lockfile.ts';

/** A dependency whose specifier is in no key, although other versions of its package have entries. */
export interface LostDeclaration {
  readonly from: LockEntry;
  readonly edge: LockEdge;
}

/**
 * Finds dependencies without a key of their own. Yarn writes a key for each that is neither a peer nor optional, so
 * that an entry was removed, or part of its key; names without any entry are a problem found by the reader. Names that
 * the project replaces (`resolutions`) have other keys, which only the project knows.
 */
export function* lostDeclarations(
  lockfile: Lockfile,
  isReplaced: (name: string) => boolean,
): Generator<LostDeclaration, void> {
  if (lockfile.format !== 'yarn') return;
  const { entry, named, entries, links, importers } = lockfile as YarnLockfile;
  for (const from of [...importers.values(), ...entries, ...links]) {
    for (const edge of from.edges) {
      const { section, name, specifier, optional } = edge;
      if (section === 'peerDependencies' || optional || !isPlain(specifier.value)) continue;
      const range = specifier.value.replace(/^npm:/, '');
      if (entry(`${name}@npm:${range}`) !== undefined || entry(`${name}@${range}`) !== undefined) continue;
      if (named(name).length > 0 && !isReplaced(name)) yield { from, edge };
    }
  }
}

/** Checks for a range, a tag or an alias: sources elsewhere have keys with more in them. */
function isPlain(declared: string): boolean {
  return !declared.includes(':') || /^npm:[^:]*$/.test(declared);
}
