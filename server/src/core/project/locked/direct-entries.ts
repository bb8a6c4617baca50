import type { LockEntry, Lockfile } from '../../lockfile/lockfile.ts';

/** Nobody declares more by hand; a registry is not asked for more at once. */
const MOST = 300;

/** The registry packages that the root and its members depend on themselves, each once, as far as a registry is asked. */
export function directEntries(lockfile: Lockfile): ReadonlySet<LockEntry> {
  const direct = new Set<LockEntry>();
  for (const entry of declaredEntries(lockfile)) {
    if (direct.size >= MOST) break;
    direct.add(entry);
  }
  return direct;
}

/**
 * The registry packages that the root and its members depend on themselves, as far as the lockfile records them; or those
 * of some of them, by their paths.
 */
export function* declaredEntries(
  lockfile: Lockfile,
  isMeant: (path: string) => boolean = () => true,
): Generator<LockEntry> {
  for (const [path, importer] of lockfile.importers) {
    if (!isMeant(path)) continue;
    for (const edge of importer.edges) {
      if (edge.section === 'peerDependencies') continue;
      const entry = lockfile.follow(importer, edge);
      if (entry?.source === 'registry') yield entry;
    }
  }
}

const names = new WeakMap<Lockfile, ReadonlySet<string>>();

/** The names of the packages that the root and its members depend on themselves, as far as the lockfile records them. */
export function directNames(lockfile: Lockfile): ReadonlySet<string> {
  let direct = names.get(lockfile);
  if (direct === undefined) {
    direct = new Set(
      [...lockfile.importers.values()].flatMap((importer) =>
        importer.edges.map((edge) => lockfile.follow(importer, edge)?.name ?? edge.name),
      ),
    );
    names.set(lockfile, direct);
  }
  return direct;
}
