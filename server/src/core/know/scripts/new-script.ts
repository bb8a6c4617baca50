import type { Project } from '../../read/project/project.ts';

/**
 * Checks whether no version of the package had an install script in the base, so that it needs a review before
 * approval.
 */
export function isNewScript(name: string, { committedLockfile }: Project): boolean {
  if (committedLockfile?.recordsInstallScripts !== true) return false;
  return !committedLockfile.entries.some((entry) => entry.name === name && entry.hasInstallScript === true);
}
