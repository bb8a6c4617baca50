import { commandsOfManager } from './install-commands.ts';
import type { PackageManager } from './project.ts';

/**
 * The command with which the package manager writes its lockfile and nothing else, without running scripts. Undefined
 * for Yarn 1, which has none; an unknown version of Yarn may be 1.
 */
export function lockCommand({ name, version }: Pick<PackageManager, 'name' | 'version'>): string | undefined {
  const isYarn1 = name === 'yarn' && (version === undefined || version.startsWith('1.'));
  return isYarn1 ? undefined : commandsOfManager(name).update;
}
