import type { LockEdge, LockEntry, Lockfile } from '../model/lockfile.ts';
import type { YarnLockfile } from './yarn-lockfile.ts';

/** A dependency whose text no key has, though other versions of its package have entries. */
export interface LostDeclaration {
  readonly from: LockEntry;
  readonly edge: LockEdge;
}

/**
 * Dependencies without a key of their own. Yarn writes one for the text of each that is no peer and not optional, so that
 * an entry was removed, or a part of its key; names of which nothing is left are a problem of the reader's. Names that
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

/** A range, a tag or an alias: what comes from elsewhere has keys with more in them. */
function isPlain(declared: string): boolean {
  return !declared.includes(':') || /^npm:[^:]*$/.test(declared);
}
