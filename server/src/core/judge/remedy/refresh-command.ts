import { writerOf } from '../../read/lockfile/writer-of.ts';
import type { ManagerSpec } from '../../read/manager/manager-spec.ts';
import { specOf } from '../../read/manager/managers.ts';
import { installationOf, installerOf } from '../../read/project/manager/installation.ts';
import { isRushLockfile, RUSH_UPDATE } from '../../read/project/manager/rush.ts';
import type { Project } from '../../read/project/project.ts';

type Installed = Pick<Project, 'manager' | 'lockfile' | 'members'>;

/**
 * What makes the lockfile fit the manifests, and runs no scripts; undefined where there is none to be made to fit.
 * @param isGone whether the registry no longer has what is locked so far
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
 * What makes the lockfile forget versions of packages, wherever they stand in the tree, so that each gets the newest that
 * its dependents' ranges take. Undefined for Yarn 1, which does so for what a manifest declares only, for Bun before 1.4,
 * which writes them into package.json, and for names that would have to be quoted.
 */
export function refreshCommand(project: Installed, names: readonly string[]): string | undefined {
  if (!names.every((name) => /^(?:@[\w.~-]+\/)?\w[\w.~-]*$/.test(name))) return undefined;
  if (isRushLockfile(project.lockfile)) return `${RUSH_UPDATE} --full`;
  const list = [...new Set(names)].sort().join(' ');
  return installerOf(project).commands.updateAnywhere(list, installationOf(project));
}
