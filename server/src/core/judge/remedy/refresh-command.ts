import { writerOf } from '../../read/lockfile/writer-of.ts';
import type { ManagerSpec } from '../../read/manager/manager-spec.ts';
import { specOf } from '../../read/manager/managers.ts';
import { installationOf, installerOf } from '../../read/project/manager/installation.ts';
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
  const spec = specOf(manager);
  const command = lockfile === undefined ? commandWithout(spec) : writerOf(lockfile).commands.update;
  const option = isGone ? spec.commands.optionForGone(manager.version) : undefined;
  return command === undefined || option === undefined ? command : `${command} ${option}`;
}

/** Without a lockfile, and where nothing says which Yarn it is, no command is the right one. */
function commandWithout({ commands, isCertain }: ManagerSpec): string | undefined {
  return isCertain ? commands.update : undefined;
}

/**
 * Returns the command that makes the lockfile forget versions of packages anywhere in the tree, so that each resolves
 * to the latest version its dependents' ranges admit. Undefined for Yarn 1, which does this only for declarations in a
 * manifest, for Bun before 1.4, which writes them into package.json, and for names that would need quoting.
 */
export function refreshCommand(project: Installed, names: readonly string[]): string | undefined {
  if (!names.every((name) => /^(?:@[\w.~-]+\/)?\w[\w.~-]*$/.test(name))) return undefined;
  if (isRushLockfile(project.lockfile)) return `${RUSH_UPDATE} --full`;
  const list = [...new Set(names)].sort().join(' ');
  return installerOf(project).commands.updateAnywhere(list, installationOf(project));
}
