import { specOf } from '../../manager/managers.ts';
import type { Project } from '../project.ts';
import { installationOf } from './installation.ts';

/**
 * The command that moves a package to the newest version that its range takes, without running scripts where the package
 * manager can do that. Undefined for a name that would have to be quoted for a shell, as no registry has one like that, and
 * for Bun before 1.4, which writes a dependency of a member into the root's package.json.
 */
export function updateInRangeCommand(
  project: Pick<Project, 'manager' | 'lockfile' | 'members'>,
  dependency: string,
): string | undefined {
  if (!/^(?:@[\w.~-]+\/)?\w[\w.~-]*$/.test(dependency)) return undefined;
  return specOf(project.manager).commands.updateDeclared(dependency, installationOf(project));
}
