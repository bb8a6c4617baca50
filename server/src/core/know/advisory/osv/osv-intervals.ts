import semver from 'semver';
import { asObject, asText, type JsonObject, member } from '../../registry/documents/json-value.ts';
import type { Bound, VersionInterval } from '../reports/advisory-report.ts';

/** The versions in ranges of an OSV record; `isComplete` is false if something in them was unreadable. */
export interface OsvIntervals {
  readonly intervals: readonly VersionInterval[];
  readonly isComplete: boolean;
}

const MAX_EVENTS = 10_000;
const MAX_VERSION = 256;
/** OSV's marker for the start before every version. */
const BEGINNING = '0';

interface Event {
  readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit';
  /** Undefined: before every version. */
  readonly version: semver.SemVer | undefined;
}

/**
 * Converts one range of an OSV record, by the algorithm of the OSV schema: the last event that is not above a version
 * decides.
 *
 * @param lastKnown the last version known to be affected if GitHub records it, as a comparator
 */
export function osvIntervals(range: unknown, lastKnown: Bound | undefined): OsvIntervals {
  const object = asObject(range);
  const type = member(object, 'type');
  if (type === 'GIT') return { intervals: [], isComplete: true };
  const written = member(object, 'events');
  if ((type !== 'SEMVER' && type !== 'ECOSYSTEM') || !Array.isArray(written) || written.length > MAX_EVENTS)
    return { intervals: [], isComplete: false };
  const events: Event[] = [];
  let isComplete = true;
  for (const each of written as readonly unknown[]) {
    const read = readEvents(asObject(each));
    if (read === undefined) isComplete = false;
    else events.push(...read);
  }
  events.sort(compareEvents);
  const intervals = intervalsOf(events, lastKnown).filter((interval) => !isEmpty(interval));
  // Without one of its events, any of them may end elsewhere.
  return { intervals: isComplete ? intervals : intervals.map(withLostEnd), isComplete };
}

/** Returns the same versions with an unknown end. */
export function withLostEnd({ start }: VersionInterval): VersionInterval {
  return { start, end: 'lost' };
}

function intervalsOf(events: readonly Event[], lastKnown: Bound | undefined): VersionInterval[] {
  const intervals: VersionInterval[] = [];
  /** Null while no interval is open. */
  let start: Bound | undefined | null = null;
  for (const { kind, version } of events) {
    const text = version?.version;
    if (kind === 'introduced') {
      if (start === null) start = text === undefined ? undefined : { version: text, inclusive: true };
    } else if (kind !== 'limit' && start !== null && text !== undefined) {
      intervals.push({ start, end: { version: text, inclusive: kind === 'last_affected' } });
      start = null;
    }
  }
  if (start !== null) {
    const isEnd = lastKnown !== undefined && !isEmpty({ start, end: lastKnown });
    intervals.push({ start, end: isEnd ? lastKnown : 'open' });
  }
  const limit = events.findLast(({ kind }) => kind === 'limit')?.version?.version;
  return limit === undefined ? intervals : intervals.map((interval) => limited(interval, limit));
}

/** Applies a limit from outside: nothing from the highest limit on is affected. */
function limited(interval: VersionInterval, limit: string): VersionInterval {
  const { start, end } = interval;
  const isWithin = typeof end === 'object' && semver.compare(end.version, limit) < 0;
  return isWithin ? interval : { start, end: { version: limit, inclusive: false } };
}

function isEmpty({ start, end }: VersionInterval): boolean {
  if (start === undefined || typeof end === 'string') return false;
  const order = semver.compare(start.version, end.version);
  return order > 0 || (order === 0 && !(start.inclusive && end.inclusive));
}

/** An event has one field, but old records combine two. Undefined if something is unreadable. */
function readEvents(written: JsonObject | undefined): readonly Event[] | undefined {
  const events: Event[] = [];
  let reported = 0;
  for (const kind of ['introduced', 'fixed', 'last_affected', 'limit'] as const) {
    const text = asText(member(written, kind), MAX_VERSION);
    if (text === undefined) continue;
    reported++;
    if (kind === 'limit' && text === '*') continue;
    const version = text === BEGINNING ? undefined : readVersion(text);
    if (version === undefined && text !== BEGINNING) return undefined;
    events.push({ kind, version });
  }
  return reported === 0 ? undefined : events;
}

/** Records sometimes omit the last numbers. */
function readVersion(text: string): semver.SemVer | undefined {
  const parts = /^v?(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text);
  const whole = parts === null ? text : `${parts[1]}.${parts[2] ?? 0}.0`;
  return semver.parse(whole, { loose: true }) ?? undefined;
}

/** Events at one version keep their order. */
function compareEvents(a: Event, b: Event): number {
  if (a.version === undefined || b.version === undefined)
    return Number(a.version !== undefined) - Number(b.version !== undefined);
  return a.version.compare(b.version);
}
