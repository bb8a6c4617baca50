import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import type { Project } from '../project.ts';
import { declaredEntries, versionKey } from './direct-entries.ts';
import { newlyLocked } from './newly-locked.ts';

/** The parts of a project that decide which locked packages are requested from registries. */
export type AskedFrom = Pick<Project, 'lockfile' | 'committedLockfile' | 'lockfileBase' | 'askedRange'>;

/**
 * Why locked packages are not requested from registries. no-base: the lockfile is not in the base, so that the new ones
 * are unknown; too-many: more are new than are requested at once.
 */
export interface UnaskedPackages {
  readonly count: number;
  readonly why: 'no-base' | 'too-many';
}

/** Above the size of a full update; more are requested only if the user wants all of them. */
const MOST = 1000;

/**
 * Returns the locked registry packages that rules check with registry data: the dependencies of the root and its
 * members, and those that are new since the base; or those in the project's `askedRange`.
 */
export function askedEntries(project: AskedFrom): ReadonlySet<LockEntry> {
  return selectionOf(project)?.entries ?? NONE;
}

/** Returns how many locked packages are skipped that should, or might have to, be checked; undefined for none. */
export function unaskedPackages(project: AskedFrom): UnaskedPackages | undefined {
  return selectionOf(project)?.unasked;
}

/** Returns the names of all locked registry packages, in lockfile order. */
export function registryNames({ entries }: Lockfile): ReadonlySet<string> {
  return new Set(entries.flatMap(({ name, source }) => (source === 'registry' ? [name] : [])));
}

interface Selected {
  readonly entries: ReadonlySet<LockEntry>;
  readonly unasked: UnaskedPackages | undefined;
}

type Selection = Selected & Omit<AskedFrom, 'lockfile'>;

const NONE: ReadonlySet<LockEntry> = new Set();

/** Several rules ask in turn. */
const known = new WeakMap<Lockfile, Selection>();

function selectionOf(project: AskedFrom): Selection | undefined {
  const { lockfile, committedLockfile, lockfileBase, askedRange } = project;
  if (lockfile === undefined) return undefined;
  const before = known.get(lockfile);
  const isSame =
    before?.committedLockfile === committedLockfile &&
    before?.lockfileBase === lockfileBase &&
    before?.askedRange === askedRange;
  if (before !== undefined && isSame) return before;
  const selection = { committedLockfile, lockfileBase, askedRange, ...select(lockfile, project) };
  known.set(lockfile, selection);
  return selection;
}

function select(lockfile: Lockfile, from: AskedFrom): Selected {
  const ofRegistry = ({ source }: LockEntry) => source === 'registry';
  const { askedRange } = from;
  if (askedRange !== undefined) {
    const names = new Set([...registryNames(lockfile)].slice(askedRange.from, askedRange.to));
    const entries = lockfile.entries.filter((entry) => ofRegistry(entry) && names.has(entry.name));
    return { entries: new Set(entries), unasked: undefined };
  }
  const declared = declaredEntries(lockfile);
  const entries = new Set<LockEntry>();
  const versions = new Set<string>();
  const leftOut = new Set<string>();
  for (const entry of [...declared, ...newlyLocked(from)]) {
    const key = versionKey(entry);
    if (versions.has(key) || versions.size < MOST) {
      versions.add(key);
      entries.add(entry);
    } else leftOut.add(key);
  }
  if (from.lockfileBase === 'absent') {
    const count = new Set(lockfile.entries.filter(ofRegistry).map(versionKey)).size - versions.size;
    return { entries, unasked: count > 0 ? { count, why: 'no-base' } : undefined };
  }
  return { entries, unasked: leftOut.size === 0 ? undefined : { count: leftOut.size, why: 'too-many' } };
}
