import type { AdvisorySeverity, RecordQuality } from '../advisory.ts';
import { hasMalwareSigns } from '../malware-signs.ts';
import type { AdvisoryReport } from '../reports/advisory-report.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readId, writeId } from './id-code.ts';
import { readInterval, writeInterval } from './version-code.ts';

/** By their code in the three lowest bits of the first byte; 0 for none. */
const SEVERITIES: readonly (AdvisorySeverity | undefined)[] = [
  undefined,
  'info',
  'low',
  'moderate',
  'high',
  'critical',
];
const IS_MALWARE = 8;
const IS_REVIEWED = 16;
const HAS_SCORE = 32;
const HAS_LISTED = 64;
const HAS_MORE = 128;

/** By their code in the two lowest bits of the second byte, if present. */
const QUALITIES: readonly RecordQuality[] = ['complete', 'partial', 'disputed'];
const IS_LOW = 4;
const HAS_TITLE = 8;

const MS_OF_DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2000, 0, 1) / MS_OF_DAY;

/**
 * Writes a report: the number of its intervals and these first, because nearly all lookups concern versions. The title
 * of malware is omitted, because it adds nothing.
 */
export function writeReport(writer: ByteWriter, report: AdvisoryReport): void {
  const { intervals, severity, isMalware, isReviewed, score, versions, ids, cwes } = report;
  const title = isMalware ? undefined : report.title;
  const more =
    QUALITIES.indexOf(report.quality) | (report.isLow ? IS_LOW : 0) | (title === undefined ? 0 : HAS_TITLE);
  writer.number(intervals.length);
  for (const interval of intervals) writeInterval(writer, interval);
  writer.byte(
    SEVERITIES.indexOf(severity) |
      (isMalware ? IS_MALWARE : 0) |
      (isReviewed ? IS_REVIEWED : 0) |
      (score === undefined ? 0 : HAS_SCORE) |
      (versions.length === 0 ? 0 : HAS_LISTED) |
      (more === 0 ? 0 : HAS_MORE),
  );
  if (more !== 0) writer.byte(more);
  if (score !== undefined) writer.byte(Math.round(score * 10));
  writer.number(ids.length);
  for (const id of ids) writeId(writer, id);
  writer.number(cwes.length);
  for (const cwe of cwes) writer.number(Number(cwe.slice('CWE-'.length)));
  writer.number(dayNumber(report.published));
  writer.number(dayNumber(report.modified));
  if (title !== undefined) writer.text(title);
  if (versions.length === 0) return;
  writer.number(versions.length);
  for (const version of versions) writer.text(version);
}

export function readReport(reader: ByteReader, name: string): AdvisoryReport {
  const intervals = readList(reader, readInterval);
  const head = reader.byte();
  const more = (head & HAS_MORE) === 0 ? 0 : reader.byte();
  const score = (head & HAS_SCORE) === 0 ? undefined : Math.min(reader.byte(), 100) / 10;
  const [id = '', ...aliases] = readList(reader, readId);
  const cwes = readList(reader, (each) => `CWE-${each.number()}`);
  const published = dayText(reader.number());
  const modified = dayText(reader.number());
  const title = (more & HAS_TITLE) === 0 ? undefined : reader.text();
  const versions = (head & HAS_LISTED) === 0 ? [] : readList(reader, (each) => each.text());
  // An index built earlier may have titles that were not yet recognized as malware.
  const isMalware = (head & IS_MALWARE) !== 0 || hasMalwareSigns(cwes, title);
  return {
    ids: [id, ...aliases],
    package: name,
    severity: isMalware ? 'critical' : SEVERITIES[head & 7],
    score,
    cwes,
    isMalware,
    isReviewed: (head & IS_REVIEWED) !== 0,
    isLow: (more & IS_LOW) !== 0,
    quality: QUALITIES[more & 3] ?? 'partial',
    title: isMalware ? undefined : title,
    published,
    modified,
    intervals,
    versions,
  };
}

function readList<T>(reader: ByteReader, read: (reader: ByteReader) => T): T[] {
  const list: T[] = [];
  for (let left = reader.count(); left > 0; left--) list.push(read(reader));
  return list;
}

/** 0 if there is none. */
function dayNumber(day: string | undefined): number {
  if (day === undefined) return 0;
  return Math.max(0, Date.parse(`${day}T00:00:00Z`) / MS_OF_DAY - FIRST_DAY + 1) || 0;
}

/** No date is after the year 2270, the limit of two and a half bytes. */
function dayText(number: number): string | undefined {
  if (number === 0 || number > 100_000) return undefined;
  return new Date((FIRST_DAY + number - 1) * MS_OF_DAY).toISOString().slice(0, 10);
}
