import { specNamed } from './managers.ts';
import type { PackageManagerName } from './package-manager.ts';

/** Returns a package manager as sentences name it, with its major version where that is given: `Yarn 4`. */
export function managerTitle(name: PackageManagerName, major?: number): string {
  const { title } = specNamed(name);
  return major === undefined ? title : `${title} ${major}`;
}
