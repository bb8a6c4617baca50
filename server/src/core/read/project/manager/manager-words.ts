import type { PackageManagerName } from '../../manager/package-manager.ts';

const WORDS: Readonly<Record<PackageManagerName, string>> = {
  npm: 'npm',
  pnpm: 'pnpm',
  yarn: 'Yarn',
  bun: 'Bun',
};

/** A package manager as sentences name it, with its major version where that is given: `Yarn 4`. */
export function managerWords(name: PackageManagerName, major?: number): string {
  return major === undefined ? WORDS[name] : `${WORDS[name]} ${major}`;
}
