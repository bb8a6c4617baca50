import { isInstalledFor, type UnfitPackage, unfitRange } from '../faults/unfit-package.ts';
import type { LockEntry } from '../model/lockfile.ts';
import type { BunLockfile } from './bun-lockfile.ts';

/**
 * Yields packages whose version is outside the range of a package or member that depends on them: Bun installs what the
 * file says and does not compare the two. Peers may differ, and so may names in the file's overrides.
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
