import type { Lockfile } from '../../lockfile/model/lockfile.ts';
import { specOfLockfile } from '../../manager/manager-of-lockfile.ts';

/** Where Rush keeps overrides: it writes package.json and pnpm-workspace.yaml of its installs itself. */
export const RUSH_OVERRIDES = 'common/config/rush/pnpm-config.json';

/** The command that makes Rush's lockfile follow; with `--full` it takes new versions of everything in range. */
export const RUSH_UPDATE = 'rush update';

/** Returns whether Rush owns a lockfile of pnpm: its importers lie outside of the lockfile's folder. */
export function isRushLockfile(lockfile: Pick<Lockfile, 'format' | 'importers'> | undefined): boolean {
  if (lockfile === undefined || !specOfLockfile(lockfile.format).lockfile.mayBeOfRush) return false;
  return [...lockfile.importers.keys()].some((path) => path.startsWith('../'));
}
