import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { onForgetLatest } from '../../text/latest.ts';
import type { Project } from '../project.ts';

/** Returns registry packages in versions that the lockfile of the base lacks; none if the base is unknown. */
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

/** The result for the last lockfile, because several rules ask in turn. */
let latest:
  | { readonly lockfile: Lockfile; readonly committed: Lockfile; readonly entries: readonly LockEntry[] }
  | undefined;
onForgetLatest(() => {
  latest = undefined;
});

function entriesAdded(lockfile: Lockfile, committed: Lockfile): readonly LockEntry[] {
  const before = versionsIn(committed);
  return lockfile.entries.filter((entry) => entry.source === 'registry' && !before.has(keyOf(entry)));
}

const known = new WeakMap<Lockfile, ReadonlySet<string>>();

function versionsIn(committed: Lockfile): ReadonlySet<string> {
  let versions = known.get(committed);
  if (versions === undefined) {
    versions = new Set(committed.entries.filter(({ source }) => source === 'registry').map(keyOf));
    known.set(committed, versions);
  }
  return versions;
}

function keyOf({ name, version }: LockEntry): string {
  return `${name}@${version?.value ?? ''}`;
}
