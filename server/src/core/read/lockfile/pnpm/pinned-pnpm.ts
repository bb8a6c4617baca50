import type { Lockfile } from '../model/lockfile.ts';
import type { PnpmLockfile } from './read-pnpm-lockfile.ts';

/** Returns the version of pnpm itself in the `packageManagerDependencies` of its lockfile, since pnpm 11. */
export function pinnedPnpm(lockfile: Lockfile): string | undefined {
  if (lockfile.format !== 'pnpm' || !('documents' in lockfile)) return undefined;
  for (const document of (lockfile as PnpmLockfile).documents) {
    if (!document.isEnvironment) continue;
    for (const edge of document.importers.get('')?.edges ?? []) {
      if (edge.group === 'packageManagerDependencies' && edge.name === 'pnpm') return edge.version?.value;
    }
  }
  return undefined;
}
