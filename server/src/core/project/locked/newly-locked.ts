import { onForgetLatest } from '../../latest.ts';
import type { LockEntry, Lockfile } from '../../lockfile/lockfile.ts';
import type { Project } from '../project.ts';

/** An update of everything would make a registry be asked for thousands of packages. */
const MOST = 100;

/** Registry packages in versions that the lockfile of the last commit does not have; none where that is not known. */
export function newlyLocked({
  lockfile,
  committedLockfile,
}: Pick<Project, 'lockfile' | 'committedLockfile'>): readonly LockEntry[] {
  if (lockfile === undefined || committedLockfile === undefined) return [];
  if (latest?.lockfile !== lockfile || latest.committed !== committedLockfile) {
    latest = { lockfile, committed: committedLockfile, entries: entriesAdded(lockfile, committedLockfile) };
  }
  return latest.entries;
}

/** Of the lockfile that was asked for last, as several rules ask one after the other. */
let latest:
  | { readonly lockfile: Lockfile; readonly committed: Lockfile; readonly entries: readonly LockEntry[] }
  | undefined;
onForgetLatest(() => {
  latest = undefined;
});

function entriesAdded(lockfile: Lockfile, committed: Lockfile): readonly LockEntry[] {
  const before = new Set(keysOf(committed));
  const found: LockEntry[] = [];
  for (const entry of lockfile.entries) {
    if (found.length >= MOST) break;
    if (entry.source === 'registry' && !before.has(keyOf(entry))) found.push(entry);
  }
  return found;
}

function keysOf({ entries }: Lockfile): readonly string[] {
  return entries.map(keyOf);
}

function keyOf({ name, version }: LockEntry): string {
  return `${name}@${version?.value ?? ''}`;
}
