import type { Project } from '../project.ts';
import { isBunSince14 } from './bun-generation.ts';

/**
 * The command that moves a package to the newest version that its range takes, without running scripts where the package
 * manager can do that. Undefined for a name that would have to be quoted for a shell, as no registry has one like that, and
 * for Bun before 1.4, which writes a dependency of a member into the root's package.json.
 */
export function updateInRangeCommand(
  { manager, lockfile }: Pick<Project, 'manager' | 'lockfile'>,
  dependency: string,
): string | undefined {
  if (!/^(?:@[\w.~-]+\/)?\w[\w.~-]*$/.test(dependency)) return undefined;
  switch (manager.name) {
    case 'npm':
      return `npm update ${dependency} --ignore-scripts`;
    case 'pnpm':
      return `pnpm update ${dependency} --ignore-scripts`;
    case 'yarn':
      return manager.yarn === 'berry'
        ? `yarn up -R ${dependency} --mode=skip-build`
        : `yarn upgrade ${dependency} --ignore-scripts`;
    case 'bun':
      return isBunSince14(manager, lockfile) ? `bun update ${dependency} --ignore-scripts` : undefined;
  }
}
