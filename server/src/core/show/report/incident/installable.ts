import type { BadClaim } from '../../../know/incident/bad-versions.ts';
import { formatMinute } from '../../../read/text/words/dates.ts';
import type { IncidentEvent, Installable } from './incident-report.ts';

/** The dates of the commits before and after one in the history, in milliseconds since 1970. */
export interface DatesAround {
  /** The latest of a commit that it builds on; undefined if there is none. */
  readonly before?: number | undefined;
  /** The earliest of a commit that builds on it; undefined if there is none. */
  readonly after?: number | undefined;
}

/** What is known of the time in which a version was locked. */
export interface LockedTime {
  readonly events: readonly IncidentEvent[];
  /** Whether the package manager's own record says that it is installed. */
  readonly isInstalled: boolean;
  /** Whether it is locked now. */
  readonly isThere: boolean;
  /** Whether all commits were read: one that was not may lock it as well. */
  readonly isWhole: boolean;
  /** By commit; none for those that were not looked at. */
  readonly around: Readonly<Record<string, DatesAround>>;
  readonly now: number;
}

/**
 * Decides whether a registry had the version while it was locked. Whoever makes a commit sets its dates, so "no" needs
 * that all of them agree, those of commits before and after it as well. Sources state when a registry had the version.
 * A commit after the removal proves nothing: whoever wrote that lockfile had the version from somewhere before, such as an
 * install of the day before or a mirror.
 */
export function installableIn(claims: readonly BadClaim[], locked: LockedTime): Installable {
  const published = boundOf(claims, 'published', Math.min);
  const removed = boundOf(claims, 'removed', Math.max);
  const unknown = (detail: string): Installable => ({ state: 'unknown', detail });
  const { first, last, areSound } = readingsOf(locked);
  if (locked.isInstalled) return { state: 'yes', detail: 'it is installed' };
  if (published === undefined && removed === undefined)
    return unknown('the times of publishing and removal are unknown');
  if (first === undefined) return unknown('no commit that was read says when it was locked');
  const isAfter = removed !== undefined && first.earliest > removed;
  const isBefore = published !== undefined && last !== undefined && last.latest < published;
  if ((isAfter || isBefore) && !areSound) return unknown(NO_PROOF);
  if (isAfter)
    return unknown(
      `it was removed on ${formatMinute(removed)}, before it was committed, but whoever locked it had it from an earlier install, a cache or a mirror`,
    );
  if (isBefore)
    return { state: 'no', detail: `it was published on ${formatMinute(published)}, after it had left` };
  if (published === undefined || removed === undefined)
    return unknown('the times of publishing and removal are unknown');
  if (first.latest > removed || (last !== undefined && last.earliest < published)) return unknown(NO_PROOF);
  const times = `it was published on ${formatMinute(published)} and removed on ${formatMinute(removed)}`;
  return { state: 'yes', detail: times };
}

const NO_PROOF = 'the dates of the commits do not prove when it was locked';

function boundOf(
  claims: readonly BadClaim[],
  which: 'published' | 'removed',
  pick: (...times: readonly number[]) => number,
): number | undefined {
  const times = claims.flatMap((claim) => (claim[which] === undefined ? [] : Date.parse(claim[which])));
  return times.length === 0 ? undefined : pick(...times);
}

interface Readings {
  /** Of the first entry. */
  readonly first: { readonly earliest: number; readonly latest: number } | undefined;
  /** Of the last exit. */
  readonly last: { readonly earliest: number; readonly latest: number } | undefined;
  /** Whether nothing speaks against the dates, and all that may was looked at. */
  readonly areSound: boolean;
}

function readingsOf({ events, isThere, isWhole, around, now }: LockedTime): Readings {
  const entered = events.filter(({ type }) => type === 'entered');
  const left = isThere ? [] : events.filter(({ type }) => type === 'left');
  const own = ({ authored, committed }: IncidentEvent) => [authored, committed];
  const withAfter = (event: IncidentEvent) => [...own(event), around[event.commit]?.after ?? Infinity];
  const withBefore = (event: IncidentEvent) => [...own(event), around[event.commit]?.before ?? -Infinity];
  return {
    first:
      entered.length === 0
        ? undefined
        : {
            earliest: Math.min(...entered.flatMap(withAfter)),
            latest: Math.min(...entered.map((event) => Math.max(...own(event)))),
          },
    last:
      left.length === 0
        ? undefined
        : {
            earliest: Math.max(...left.map((event) => Math.min(...own(event)))),
            latest: Math.max(...left.flatMap(withBefore)),
          },
    areSound:
      isWhole &&
      events.every((event) => around[event.commit] !== undefined && Math.max(...own(event)) <= now),
  };
}
