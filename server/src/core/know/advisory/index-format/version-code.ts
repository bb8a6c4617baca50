import { type AffectedVersions, addKeys } from '../affected-versions.ts';
import type { Bound, VersionInterval } from '../reports/advisory-report.ts';
import { keyFrom } from '../reports/release-key.ts';
import { isOneVersion, parseVersion } from '../version-intervals.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** How an interval starts, in the two lowest bits of its first byte. */
const FROM_BEGINNING = 0;
const FROM = 1;
const ABOVE = 2;
/** Starts and ends with that version. */
const ONLY = 3;

/** How it ends, in the next two bits. */
const OPEN = 0;
const LOST = 1;
const BEFORE = 2;
const THROUGH = 3;

/** Whether the version it starts or ends with is a prerelease. */
const STARTS_WITH_PRERELEASE = 16;
const ENDS_WITH_PRERELEASE = 32;

export function writeInterval(writer: ByteWriter, interval: VersionInterval): void {
  const { start, end } = interval;
  const isOnly = isOneVersion(interval);
  const from = isOnly ? ONLY : start === undefined ? FROM_BEGINNING : start.inclusive ? FROM : ABOVE;
  const to =
    isOnly || end === 'open' ? OPEN : end === 'lost' ? LOST : (end as Bound).inclusive ? THROUGH : BEFORE;
  const first = start && parseVersion(start.version)!;
  const last = isOnly || typeof end === 'string' ? undefined : parseVersion(end.version)!;
  writer.byte(
    from |
      (to << 2) |
      (first !== undefined && first.prerelease.length > 0 ? STARTS_WITH_PRERELEASE : 0) |
      (last !== undefined && last.prerelease.length > 0 ? ENDS_WITH_PRERELEASE : 0),
  );
  for (const version of [first, last]) {
    if (version === undefined) continue;
    for (const number of [version.major, version.minor, version.patch]) writer.number(number);
    if (version.prerelease.length > 0) writer.text(version.prerelease.join('.'));
  }
}

export function readInterval(reader: ByteReader): VersionInterval {
  const head = reader.byte();
  const from = head & 3;
  const to = (head >> 2) & 3;
  const start =
    from === FROM_BEGINNING
      ? undefined
      : readBound(reader, (head & STARTS_WITH_PRERELEASE) !== 0, from !== ABOVE);
  if (from === ONLY) return { start, end: start! };
  if (to === OPEN || to === LOST) return { start, end: to === OPEN ? 'open' : 'lost' };
  return { start, end: readBound(reader, (head & ENDS_WITH_PRERELEASE) !== 0, to === THROUGH) };
}

function readBound(reader: ByteReader, isPrerelease: boolean, inclusive: boolean): Bound {
  const release = `${reader.number()}.${reader.number()}.${reader.number()}`;
  return { version: isPrerelease ? `${release}-${reader.text()}` : release, inclusive };
}

/** Reads the intervals of a report as keys of releases, which are plain numbers. */
export function readKeys(reader: ByteReader): AffectedVersions {
  const keys: number[] = [];
  let unknownFrom = Number.POSITIVE_INFINITY;
  for (let left = reader.count(); left > 0; left--) {
    const head = reader.byte();
    const from = head & 3;
    const to = (head >> 2) & 3;
    let start = 0;
    let end = Number.POSITIVE_INFINITY;
    if (from !== FROM_BEGINNING) {
      const { at } = reader;
      const isPrerelease = (head & STARTS_WITH_PRERELEASE) !== 0;
      start = readKey(reader, isPrerelease, from === ABOVE);
      if (from === ONLY) {
        reader.at = at;
        end = readKey(reader, isPrerelease, true);
      }
    }
    if (from !== ONLY && to >= BEFORE)
      end = readKey(reader, (head & ENDS_WITH_PRERELEASE) !== 0, to === THROUGH);
    if (to === LOST && from !== ONLY) unknownFrom = Math.min(unknownFrom, start);
    else addKeys(keys, start, end);
  }
  return { keys, unknownFrom };
}

function readKey(reader: ByteReader, isPrerelease: boolean, isAbove: boolean): number {
  const major = reader.number();
  const minor = reader.number();
  const patch = reader.number();
  if (isPrerelease) reader.skipText();
  return keyFrom(major, minor, patch, isPrerelease, isAbove);
}
