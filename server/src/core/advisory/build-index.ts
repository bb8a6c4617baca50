import { compareIds } from './advisory-ids.ts';
import type { AdvisoryReport } from './advisory-report.ts';
import { aliasClosure } from './alias-closure.ts';
import { compareAdvisories } from './compare-advisories.ts';
import { ByteWriter } from './index-format/byte-writer.ts';
import { checksum } from './index-format/checksum.ts';
import { writeId } from './index-format/id-code.ts';
import {
  ENTRIES_OF_BUCKET,
  FORMAT,
  HEADER,
  MAGIC,
  MAX_BUCKET_BITS,
  SUMMED_FROM,
} from './index-format/layout.ts';
import { nameHash } from './index-format/name-hash.ts';
import { writeReport } from './index-format/report-code.ts';
import { mergeReports } from './merge-reports.ts';
import { reportedAdvisory } from './reported-advisory.ts';

export interface IndexContents {
  /** In any order; the index is the same. */
  readonly reports: readonly AdvisoryReport[];
  /** Of how many records they were read. */
  readonly records: number;
  /** Ids of records that were taken back. */
  readonly withdrawn: readonly string[];
  /** When the data was made, in milliseconds since 1970. */
  readonly asOf: number | undefined;
}

interface Entry {
  readonly name: string;
  readonly hash: number;
  readonly reports: readonly AdvisoryReport[];
}

/** Makes the bytes that `openIndex` reads. Reports of the same thing become one. */
export function buildIndex({ reports, records, withdrawn, asOf }: IndexContents): Uint8Array {
  const entries = entriesOf(reports);
  const bits = bucketBits(entries.length);
  const writer = new ByteWriter();
  writer.bytes(new Uint8Array(HEADER.size + 4 * (2 ** bits + 1)));
  const starts: number[] = [];
  for (const entry of entries) {
    const bucket = entry.hash >>> (32 - bits);
    while (starts.length <= bucket) starts.push(writer.length);
    writeEntry(writer, entry);
  }
  while (starts.length <= 2 ** bits) starts.push(writer.length);
  const withdrawnAt = writer.length;
  const ids = [...new Set(withdrawn)].sort(compareIds);
  writer.number(ids.length);
  for (const id of ids) writeId(writer, id);

  const bytes = writer.written().slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < MAGIC.length; at++) bytes[at] = MAGIC.charCodeAt(at);
  view.setUint32(HEADER.format, FORMAT, true);
  view.setUint32(HEADER.length, bytes.length, true);
  view.setFloat64(HEADER.asOf, asOf ?? Number.NaN, true);
  view.setUint32(HEADER.records, records, true);
  view.setUint32(HEADER.packages, entries.length, true);
  view.setUint32(HEADER.bucketBits, bits, true);
  view.setUint32(HEADER.withdrawn, withdrawnAt, true);
  starts.forEach((start, at) => {
    view.setUint32(HEADER.size + 4 * at, start, true);
  });
  view.setUint32(HEADER.checksum, checksum(bytes, SUMMED_FROM), true);
  return bytes;
}

/** In the order of the hashes, so that those of a bucket lie together. */
function entriesOf(reports: readonly AdvisoryReport[]): readonly Entry[] {
  const thingOf = aliasClosure(reports);
  const byName = new Map<string, Map<string, AdvisoryReport[]>>();
  for (const report of reports) {
    const things = byName.get(report.package) ?? new Map<string, AdvisoryReport[]>();
    byName.set(report.package, things);
    const thing = thingOf(report);
    const group = things.get(thing);
    if (group === undefined) things.set(thing, [report]);
    else group.push(report);
  }
  return [...byName]
    .map(([name, things]) => ({
      name,
      hash: nameHash(name),
      reports: worstFirst([...things.values()].map(mergeReports)),
    }))
    .sort((a, b) => a.hash - b.hash || (a.name < b.name ? -1 : 1));
}

/** As they are shown, so that whoever opens the index need not sort them. */
function worstFirst(reports: readonly AdvisoryReport[]): readonly AdvisoryReport[] {
  return reports
    .map((report) => reportedAdvisory(report, 'bundled'))
    .sort(compareAdvisories)
    .map(({ report }) => report);
}

function bucketBits(entries: number): number {
  const bits = Math.ceil(Math.log2(Math.max(1, entries / ENTRIES_OF_BUCKET)));
  return Math.min(MAX_BUCKET_BITS, Math.max(1, bits));
}

function writeEntry(writer: ByteWriter, { name, hash, reports }: Entry): void {
  const rest = new ByteWriter();
  rest.text(name);
  for (const report of reports) {
    const body = new ByteWriter();
    writeReport(body, report);
    rest.number(body.length);
    rest.bytes(body.written());
  }
  writer.byte(hash & 0xff);
  writer.number(rest.length);
  writer.bytes(rest.written());
}
