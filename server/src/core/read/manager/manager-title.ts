import { specNamed } from './managers.ts';
import type { PackageManagerName } from './package-manager.ts';

/** Returns the name of a package manager for messages, with the major version if given: `Yarn 4`. */
export function managerTitle(name: PackageManagerName, major?: number): string {
  const { title } = specNamed(name);
  return major === undefined ? title : `${title} ${major}`;
}
