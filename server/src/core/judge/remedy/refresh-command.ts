import semver from 'semver';
import { yarnGeneration } from '../../read/lockfile/yarn/yarn-generation.ts';
import { isBunSince14 } from '../../read/project/manager/bun-generation.ts';
import { commandsOf } from '../../read/project/manager/install-commands.ts';
import { lockCommand } from '../../read/project/manager/lock-command.ts';
import { isRushLockfile, RUSH_UPDATE } from '../../read/project/manager/rush.ts';
import type { Project } from '../../read/project/project.ts';

type Installed = Pick<Project, 'manager' | 'lockfile' | 'members'>;

/**
 * Returns the command that syncs the lockfile with the manifests and runs no scripts; undefined if there is no
 * lockfile.
 * @param isGone whether the registry no longer has the locked version
 */
export function fitCommand({ manager, lockfile }: Installed, isGone = false): string | undefined {
  if (isRushLockfile(lockfile)) return RUSH_UPDATE;
  const command = lockfile === undefined ? lockCommand(manager) : commandsOf(lockfile).update;
  if (command === undefined) return manager.yarn === 'classic' ? CLASSIC : undefined;
  // pnpm 11 and later ask the registry for the age of everything locked, and fail if it lacks a version.
  const asks =
    manager.name === 'pnpm' && (manager.version === undefined || semver.gte(manager.version, '11.0.0'));
  return asks && isGone ? `${command} --config.trustLockfile=true` : command;
}

const CLASSIC = 'yarn install --ignore-scripts';

/**
 * Returns the command that makes the lockfile forget versions of packages anywhere in the tree, so that each resolves
 * to the latest version its dependents' ranges admit. Undefined for Yarn 1, which does this only for declarations in a
 * manifest, for Bun before 1.4, which writes them into package.json, and for names that would need quoting.
 */
export function refreshCommand(
  { manager, lockfile, members }: Installed,
  names: readonly string[],
): string | undefined {
  if (!names.every((name) => /^(?:@[\w.~-]+\/)?\w[\w.~-]*$/.test(name))) return undefined;
  if (isRushLockfile(lockfile)) return `${RUSH_UPDATE} --full`;
  const list = [...new Set(names)].sort().join(' ');
  switch (manager.name) {
    case 'npm':
      return `npm update ${list} --ignore-scripts`;
    case 'pnpm':
      // Otherwise pnpm only considers the root's dependencies.
      return `pnpm update ${members.size > 1 ? '-r ' : ''}${list} --ignore-scripts`;
    case 'yarn':
      return isClassicYarn({ manager, lockfile }) ? undefined : `yarn up -R ${list} --mode=skip-build`;
    case 'bun':
      return isBunSince14(manager, lockfile) ? `bun update ${list} --ignore-scripts` : undefined;
  }
}

/** Checks whether a project uses Yarn 1, or may use it. */
export function isClassicYarn({ manager, lockfile }: Pick<Project, 'manager' | 'lockfile'>): boolean {
  if (manager.name !== 'yarn') return false;
  const wrote = lockfile === undefined ? manager.yarn : yarnGeneration(lockfile);
  return wrote !== 'berry';
}
