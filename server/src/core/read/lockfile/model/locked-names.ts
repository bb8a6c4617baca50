import type { Lockfile } from './lockfile.ts';

const known = new WeakMap<Lockfile, ReadonlySet<string>>();

/**
 * Returns all names under which the lockfile has a package, member or link: folders and, for aliases, their targets.
 */
export function lockedNames(lockfile: Lockfile): ReadonlySet<string> {
  let names = known.get(lockfile);
  if (names === undefined) {
    names = readNames(lockfile);
    known.set(lockfile, names);
  }
  return names;
}

function readNames({ entries, importers, links }: Lockfile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const list of [entries, links, importers.values()]) {
    for (const entry of list) {
      names.add(entry.name);
      if (entry.alias !== undefined) names.add(entry.alias);
    }
  }
  return names;
}
