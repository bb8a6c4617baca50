import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import type { Project } from '../project.ts';

type WithBase = Pick<Project, 'lockfile' | 'committedLockfile' | 'lockfileBase'>;

/**
 * Checks whether a locked registry package is also in the lockfile of the base, in any version: it has been accepted in
 * a review. False if the base is unknown.
 */
export function isLockedInBase(project: WithBase, entry: LockEntry): boolean {
  if (entry.source !== 'registry' || project.lockfile === undefined) return false;
  if (project.lockfileBase === 'same') return true;
  const { committedLockfile } = project;
  return committedLockfile !== undefined && namesIn(committedLockfile).has(entry.name);
}

const known = new WeakMap<Lockfile, ReadonlySet<string>>();

function namesIn(lockfile: Lockfile): ReadonlySet<string> {
  let names = known.get(lockfile);
  if (names === undefined) {
    names = new Set(lockfile.entries.flatMap(({ name, source }) => (source === 'registry' ? [name] : [])));
    known.set(lockfile, names);
  }
  return names;
}
