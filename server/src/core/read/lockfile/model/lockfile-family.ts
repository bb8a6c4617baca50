import type { Lockfile } from './lockfile.ts';

/** Formats whose entries record the same facts in the same form, whatever the version of the file. */
export type LockfileFamily = 'npm' | 'yarn-classic' | 'yarn-berry' | 'pnpm' | 'bun';

export function familyOf(lockfile: Lockfile): LockfileFamily {
  switch (lockfile.format) {
    case 'package-lock':
    case 'npm-shrinkwrap':
      return 'npm';
    case 'yarn':
      return 'cacheKey' in lockfile && lockfile.cacheKey !== undefined ? 'yarn-berry' : 'yarn-classic';
    case 'pnpm':
    case 'bun':
      return lockfile.format;
  }
}

/**
 * Checks whether two lockfiles record the same of what packages declare: npm 6 and npm 7 differ, as do the generations
 * of pnpm's lockfile.
 */
export function keepTheSame(a: Lockfile, b: Lockfile): boolean {
  return familyOf(a) === familyOf(b) && generationOf(a) === generationOf(b);
}

function generationOf(lockfile: Lockfile): string {
  const version = lockfile.formatVersion?.value ?? '';
  switch (familyOf(lockfile)) {
    case 'npm':
      return version === '' || version === '1' ? `1 ${lockfile.recordsEdges}` : '2';
    case 'pnpm':
      return version.replace(/\..*$/, '');
    default:
      return '';
  }
}
