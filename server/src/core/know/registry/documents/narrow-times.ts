import { asObject, asText, member } from './json-value.ts';
import { MAX_SHORT } from './narrow-parts.ts';
import type { Packument, Unpublished } from './packument.ts';

/** Clocks differ: a version published a moment ago may seem to come from the future. */
const CLOCK_TOLERANCE = 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;
/** This many versions within a day were not published but copied, by a mirror without the original times. */
const COPIED_AT_ONCE = 12;

type Times = Pick<Packument, 'times' | 'created' | 'modified' | 'unpublished'>;

/**
 * Reads the `time` of a packument. Times of removed versions stay, because registries keep them. Ignores times in the
 * future, and all of them if they only show when a mirror copied the package.
 */
export function narrowTimes(value: unknown, now: number, max: number): Times {
  const found: [string, number][] = [];
  let created: number | undefined;
  let modified: number | undefined;
  let unpublished: Unpublished | undefined;
  const object = asObject(value) ?? {};
  for (const key of Object.keys(object).slice(0, max)) {
    if (key === 'unpublished') unpublished = readUnpublished(object[key]);
    const time = readTime(object[key]);
    if (time === undefined || time > now + CLOCK_TOLERANCE || key.length > MAX_SHORT) continue;
    if (key === 'created') created = time;
    else if (key === 'modified') modified = time;
    else if (key !== 'unpublished') found.push([key, time]);
  }
  found.sort((a, b) => a[1] - b[1]);
  const copied = isCopied(found.map(([, time]) => time));
  return {
    times: new Map(copied ? [] : found),
    created: copied ? undefined : created,
    modified,
    unpublished,
  };
}

function isCopied(sorted: readonly number[]): boolean {
  if (sorted.length < 2) return false;
  const span = sorted.at(-1)! - sorted[0]!;
  return span === 0 || (sorted.length >= COPIED_AT_ONCE && span < DAY);
}

function readUnpublished(value: unknown): Unpublished | undefined {
  const object = asObject(value);
  if (object === undefined) return undefined;
  const versions = member(object, 'versions');
  const named = Array.isArray(versions) ? (versions as readonly unknown[]).slice(0, 1_000) : [];
  return {
    time: readTime(member(object, 'time')),
    versions: named.map((version) => asText(version, MAX_SHORT)).filter((version) => version !== undefined),
  };
}

/** Parses ISO 8601 in UTC, written with `Z` or `+00:00`. */
export function readTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|\+00:00)$/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
