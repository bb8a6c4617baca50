import type { Lockfile } from './lockfile.ts';

/** Checks whether an install links all members of a workspace into one folder: pnpm only links what a member declares. */
export function linksAllMembers({ format }: Lockfile): boolean {
  return format !== 'pnpm';
}
