import type { LockEdge, LockEntry } from '../model/lockfile.ts';
import type { EntriesByKey } from './entries-by-key.ts';
import { resolveInNodeModules } from './resolve-in-node-modules.ts';

/**
 * Returns the package or member that an edge of `from` resolves to, in a lockfile with `packages`; undefined if none is
 * installed for it, as with optional dependencies for another platform. `from` may be an importer: its key is its path.
 */
export function followEdge(
  byKey: Pick<EntriesByKey, 'get'>,
  from: LockEntry,
  edge: LockEdge,
): LockEntry | undefined {
  return resolveInNodeModules(byKey, from.key, edge.name);
}
