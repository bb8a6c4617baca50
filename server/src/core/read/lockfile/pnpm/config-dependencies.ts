import type { Lockfile } from '../model/lockfile.ts';
import type { PnpmEdge } from './pnpm-edge.ts';
import type { PnpmLockfile } from './read-pnpm-lockfile.ts';

/** Returns the packages that pnpm 11 and later fetch and run before an install, as locked. */
export function lockedConfigDependencies(lockfile: Lockfile | undefined): readonly PnpmEdge[] {
  if (lockfile?.format !== 'pnpm' || !('documents' in lockfile)) return [];
  return (lockfile as PnpmLockfile).documents.flatMap(({ importers }) =>
    ((importers.get('')?.edges ?? []) as readonly PnpmEdge[]).filter(
      ({ group }) => group === 'configDependencies',
    ),
  );
}
