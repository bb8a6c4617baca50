import { yarnGeneration } from '../../lockfile/yarn/yarn-generation.ts';
import type { ManagerSpec } from '../../manager/manager-spec.ts';
import { specOf } from '../../manager/managers.ts';
import type { Installation } from '../../manager/model/commands.ts';
import type { Project } from '../project.ts';

/** Returns the facts about a project that commands depend on. */
export function installationOf({
  manager,
  lockfile,
  members,
}: Pick<Project, 'manager' | 'lockfile' | 'members'>): Installation {
  return {
    version: manager.version,
    lockVersion: lockfile?.formatVersion?.value,
    // The lockfile also has members that are not checked out, such as git submodules.
    hasMembers: members.size > 1 || (lockfile?.importers.size ?? 0) > 1,
  };
}

/** Returns the specification of a project's package manager: for Yarn the one that wrote the lockfile, if any. */
export function installerOf({ manager, lockfile }: Pick<Project, 'manager' | 'lockfile'>): ManagerSpec {
  const { name } = manager;
  return specOf({ name, generation: lockfile === undefined ? manager.generation : yarnGeneration(lockfile) });
}
