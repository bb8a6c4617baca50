import type { LockEntry } from '../lockfile/lockfile.ts';
import type { GitSpecifier } from '../manifest/git-ref.ts';

/** The full commit in an entry's address. */
export function lockedCommit({ resolved }: Pick<LockEntry, 'resolved'>): string | undefined {
  return /[#=]([0-9a-f]{40}|[0-9a-f]{64})$/i.exec(resolved?.value ?? '')?.[1];
}

/** Whether the lockfile's address ends with the same owner and project: hosts and schemes are written in many ways. */
export function isSameRepository(
  { address }: GitSpecifier,
  { resolved }: Pick<LockEntry, 'resolved'>,
): boolean {
  return projectPath(address) === projectPath(resolved?.value.split('#')[0] ?? '');
}

function projectPath(address: string): string {
  const segments = address
    .replace(/\/tree\/?$/, '')
    .replace(/\.git\/?$/, '')
    .split(/[/:]/)
    .filter((segment) => segment !== '');
  return segments.slice(-2).join('/').toLowerCase();
}
