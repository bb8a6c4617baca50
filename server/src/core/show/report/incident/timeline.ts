import type { LockedVersion } from '../../../know/incident/find-bad-entries.ts';
import type { IncidentEvent } from './incident-report.ts';

/** The bad versions in a lockfile before and after a commit. */
export interface HitChange {
  readonly path: string;
  readonly before: readonly LockedVersion[];
  readonly after: readonly LockedVersion[];
}

export interface HitCommit {
  readonly commit: string;
  /** In milliseconds since 1970. */
  readonly authored: number;
  readonly committed: number;
  readonly isMerge: boolean;
  readonly parent: string | undefined;
  readonly changes: readonly HitChange[];
}

/** The events of one version in one lockfile, oldest first. */
export interface Timeline extends LockedVersion {
  readonly path: string;
  readonly events: readonly IncidentEvent[];
}

const keyOf = ({ name, version }: LockedVersion) => `${name}@${version}`;

/** Returns when versions entered and left lockfiles, sorted by package and lockfile. */
export function timelinesOf(commits: readonly HitCommit[]): readonly Timeline[] {
  const found = new Map<string, Timeline & { readonly events: IncidentEvent[] }>();
  const sorted = commits.toSorted((a, b) => a.committed - b.committed);
  for (const { changes, ...commit } of sorted) {
    const entered = changes.flatMap((change) => difference(change.path, change.after, change.before));
    const left = changes.flatMap((change) => difference(change.path, change.before, change.after));
    const add = (type: IncidentEvent['type'], { path, hit }: PathHit, others: readonly PathHit[]) => {
      const key = `${keyOf(hit)} ${path}`;
      const line = found.get(key) ?? { ...hit, path, events: [] };
      found.set(key, line);
      const moved = others.find((each) => keyOf(each.hit) === keyOf(hit))?.path;
      line.events.push({ type, ...commit, moved, branches: undefined });
    };
    for (const each of left) add('left', each, entered);
    for (const each of entered) add('entered', each, left);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

interface PathHit {
  readonly path: string;
  readonly hit: LockedVersion;
}

function difference(
  path: string,
  own: readonly LockedVersion[],
  others: readonly LockedVersion[],
): readonly PathHit[] {
  const known = new Set(others.map(keyOf));
  return own.filter((hit) => !known.has(keyOf(hit))).map((hit) => ({ path, hit }));
}

/** Returns the time from the first entry to the last exit; without an end while it is still there. */
export function windowOf(
  events: readonly IncidentEvent[],
  isThere: boolean,
): { readonly from: number | undefined; readonly to: number | undefined } {
  const times = (type: IncidentEvent['type']) =>
    events.filter((event) => event.type === type).map(({ authored }) => authored);
  const entered = times('entered');
  const left = times('left');
  return {
    from: entered.length === 0 ? undefined : Math.min(...entered),
    to: isThere || left.length === 0 ? undefined : Math.max(...left),
  };
}
