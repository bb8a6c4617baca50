import type { PackageManager } from '../../manager/package-manager.ts';
import { commandsOfManager } from './install-commands.ts';

/**
 * The command with which the package manager writes its lockfile and nothing else, without running scripts. Undefined
 * for Yarn 1, which has none, and where it may be Yarn 1.
 */
export function lockCommand({ name, yarn }: Pick<PackageManager, 'name' | 'yarn'>): string | undefined {
  return name === 'yarn' && yarn !== 'berry' ? undefined : commandsOfManager(name).update;
}
