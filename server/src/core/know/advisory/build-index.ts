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
import { writeReport } from './index-format/report-code.ts';
import { compareIds } from './reports/advisory-ids.ts';
import type { AdvisoryReport } from './reports/advisory-report.ts';
import { createAliasClosure } from './reports/alias-closure.ts';
import { compareAdvisories } from './reports/compare-advisories.ts';
import { mergeReports } from './reports/merge-reports.ts';
import { createPackedReports } from './reports/packed-reports.ts';
import { reportedAdvisory } from './reports/reported-advisory.ts';
import { splitReports } from './reports/split-reports.ts';

/** The facts of an index besides its reports. */
export interface IndexFacts {
  /** The number of records that the reports were read from. */
  readonly records: number;
  /** Ids of withdrawn records. */
  readonly withdrawn: readonly string[];
  /** When the data was created, in milliseconds since 1970. */
  readonly asOf: number | undefined;
  /** Until when it is complete for its sources, if it is partial since then. */
  readonly completeTo?: number | undefined;
}

export interface IndexContents extends IndexFacts {
  /** The order does not affect the index. */
  readonly reports: Iterable<AdvisoryReport>;
}

/** Builds an index of reports that are added one by one, keeping no more of them than an index needs. */
export interface IndexBuilder {
  /** Adds a report. The order does not affect the index. */
  add(report: AdvisoryReport): void;
  /** Returns the bytes that `openIndex` reads. Reports of the same thing are merged. */
  build(facts: IndexFacts): Uint8Array;
}

export function createIndexBuilder(): IndexBuilder {
  const reports = createPackedReports();
  const aliases = createAliasClosure();

  /** Yields entries in the order of the hashes, so that those of a bucket are adjacent. */
  function* entries(): Generator<Entry> {
    for (const [hash, numbers] of reports.byHash()) {
      const byName = new Map<string, Map<string, AdvisoryReport[]>>();
      for (const number of numbers) {
        const report = reports.read(number);
        const things = byName.get(report.package) ?? new Map<string, AdvisoryReport[]>();
        byName.set(report.package, things);
        const thing = aliases.rootOf(report.ids[0]);
        const group = things.get(thing);
        if (group === undefined) things.set(thing, [report]);
        else group.push(report);
      }
      for (const name of [...byName.keys()].sort()) {
        yield {
          name,
          hash,
          reports: worstFirst([...byName.get(name)!.values()].flatMap(splitReports).map(mergeReports)),
        };
      }
    }
  }

  return {
    add(report) {
      reports.add(report);
      aliases.add(report.ids);
    },
    build: (facts) => bytesOf(entries(), facts),
  };
}

/** Builds an index of reports that are all available. */
export function buildIndex({ reports, ...facts }: IndexContents): Uint8Array {
  const builder = createIndexBuilder();
  for (const report of reports) builder.add(report);
  return builder.build(facts);
}

interface Entry {
  readonly name: string;
  readonly hash: number;
  readonly reports: readonly AdvisoryReport[];
}

function bytesOf(entries: Iterable<Entry>, { records, withdrawn, asOf, completeTo }: IndexFacts): Uint8Array {
  const writer = new ByteWriter();
  const writeEntry = createEntryWriter(writer);
  const hashes: number[] = [];
  const places: number[] = [];
  for (const entry of entries) {
    hashes.push(entry.hash);
    places.push(writer.length);
    writeEntry(entry);
  }
  const withdrawnPlace = writer.length;
  const ids = [...new Set(withdrawn)].sort(compareIds);
  writer.number(ids.length);
  for (const id of ids) writeId(writer, id);

  const bits = bucketBits(hashes.length);
  const begin = HEADER.size + 4 * (2 ** bits + 1);
  const bytes = new Uint8Array(begin + writer.length);
  bytes.set(writer.written(), begin);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < MAGIC.length; at++) bytes[at] = MAGIC.charCodeAt(at);
  view.setUint32(HEADER.format, FORMAT, true);
  view.setUint32(HEADER.length, bytes.length, true);
  view.setFloat64(HEADER.asOf, asOf ?? Number.NaN, true);
  view.setFloat64(HEADER.completeTo, completeTo ?? Number.NaN, true);
  view.setUint32(HEADER.records, records, true);
  view.setUint32(HEADER.packages, hashes.length, true);
  view.setUint32(HEADER.bucketBits, bits, true);
  view.setUint32(HEADER.withdrawn, begin + withdrawnPlace, true);
  let bucket = 0;
  const startBuckets = (until: number, place: number) => {
    for (; bucket <= until; bucket++) view.setUint32(HEADER.size + 4 * bucket, begin + place, true);
  };
  for (const [at, hash] of hashes.entries()) startBuckets(hash >>> (32 - bits), places[at]!);
  startBuckets(2 ** bits, withdrawnPlace);
  view.setUint32(HEADER.checksum, checksum(bytes, SUMMED_FROM), true);
  return bytes;
}

/** Sorts reports in display order, so that readers of the index need not. */
function worstFirst(reports: readonly AdvisoryReport[]): readonly AdvisoryReport[] {
  if (reports.length === 1) return reports;
  return reports
    .map((report) => reportedAdvisory(report, 'bundled'))
    .sort(compareAdvisories)
    .map(({ report }) => report);
}

function bucketBits(entries: number): number {
  const bits = Math.ceil(Math.log2(Math.max(1, entries / ENTRIES_OF_BUCKET)));
  return Math.min(MAX_BUCKET_BITS, Math.max(1, bits));
}

/** Lengths precede their content, which is therefore first written to a buffer shared by all entries. */
function createEntryWriter(writer: ByteWriter): (entry: Entry) => void {
  const rest = new ByteWriter();
  const body = new ByteWriter();
  return ({ name, hash, reports }) => {
    rest.clear();
    rest.text(name);
    for (const report of reports) {
      body.clear();
      writeReport(body, report);
      rest.number(body.length);
      rest.bytes(body.written());
    }
    writer.byte(hash & 0xff);
    writer.number(rest.length);
    writer.bytes(rest.written());
  };
}
