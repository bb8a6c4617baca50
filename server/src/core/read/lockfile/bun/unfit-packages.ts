import { isInstalledFor, type UnfitPackage, unfitRange } from '../faults/unfit-package.ts';
import type { LockEntry } from '../model/lockfile.ts';
import type { BunLockfile } from './bun-lockfile.ts';

/**
 * Packages of another version than a package or member that depends on them asks for: Bun installs what the file says, and does not
 * compare the two. Peers may be others, and so may be what the file's overrides name.
 */
export function* unfitPackages(lockfile: BunLockfile): Generator<UnfitPackage, void> {
  const overridden = new Set(lockfile.overrides.map(({ path }) => path.at(-1)?.value));
  const importers = new Set<LockEntry>(lockfile.importers.values());
  for (const from of [...importers, ...lockfile.entries]) {
    for (const edge of from.edges) {
      if (!isInstalledFor(edge, importers.has(from)) || overridden.has(edge.name)) continue;
      const entry = lockfile.follow(from, edge);
      const range = unfitRange(entry, edge);
      if (entry !== undefined && range !== undefined) yield { entry, range };
    }
  }
}
