import type { PackageManager } from '../project.ts';

/**
 * The command that moves a package to the newest version that its range takes, without running scripts where the package
 * manager can do that. Undefined for a name that would have to be quoted for a shell: no registry has one like that.
 */
export function updateInRangeCommand(
  { name, yarn }: Pick<PackageManager, 'name' | 'yarn'>,
  dependency: string,
): string | undefined {
  if (!/^(?:@[\w.~-]+\/)?\w[\w.~-]*$/.test(dependency)) return undefined;
  switch (name) {
    case 'npm':
      return `npm update ${dependency} --ignore-scripts`;
    case 'pnpm':
      return `pnpm update ${dependency} --ignore-scripts`;
    case 'yarn':
      return yarn === 'berry'
        ? `yarn up -R ${dependency} --mode=skip-build`
        : `yarn upgrade ${dependency} --ignore-scripts`;
    case 'bun':
      return `bun update ${dependency} --ignore-scripts`;
  }
}
