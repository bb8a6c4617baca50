import { ByteReader } from '../index-format/byte-reader.ts';
import { ByteWriter } from '../index-format/byte-writer.ts';
import { nameHash } from '../index-format/name-hash.ts';
import { readReport, writeReport } from '../index-format/report-code.ts';
import type { AdvisoryReport } from './advisory-report.ts';

/**
 * Reports waiting for an index to be built, as bytes: a dump has hundreds of thousands of them, which take ten times as
 * much as objects. Titles of malware are omitted, and scores have one decimal, as in an index.
 */
export interface PackedReports {
  add(report: AdvisoryReport): void;
  /**
   * Yields their numbers, by the hash of the package's name in ascending order; those of a hash in order of addition.
   */
  byHash(): Generator<readonly [hash: number, numbers: readonly number[]]>;
  read(number: number): AdvisoryReport;
}

export function createPackedReports(): PackedReports {
  const writer = new ByteWriter();
  const hashes: number[] = [];
  const starts: number[] = [];
  // Days are kept as written: of several reports the first and the last one count, whatever an index can hold.
  const days: (string | undefined)[] = [];
  const dayNumbers = new Map<string | undefined, number>();

  const dayNumber = (day: string | undefined): number => {
    let number = dayNumbers.get(day);
    if (number === undefined) {
      number = days.push(day) - 1;
      dayNumbers.set(day, number);
    }
    return number;
  };

  return {
    add(report) {
      hashes.push(nameHash(report.package));
      starts.push(writer.length);
      writer.text(report.package);
      writer.number(dayNumber(report.published));
      writer.number(dayNumber(report.modified));
      writeReport(writer, { ...report, published: undefined, modified: undefined });
    },
    *byHash() {
      // A hash and the number after it are packed into one number, because sorting those needs no function.
      const order = BigUint64Array.from(hashes, (hash, number) => (BigInt(hash) << 32n) | BigInt(number));
      order.sort();
      let numbers: number[] = [];
      for (const [place, each] of order.entries()) {
        const number = Number(each & 0xffffffffn);
        numbers.push(number);
        const next = order[place + 1];
        const hash = hashes[number]!;
        if (next !== undefined && Number(next >> 32n) === hash) continue;
        yield [hash, numbers];
        numbers = [];
      }
    },
    read(number) {
      const reader = new ByteReader(writer.written(), starts[number]!);
      const name = reader.text();
      const published = days[reader.number()];
      const modified = days[reader.number()];
      return { ...readReport(reader, name), published, modified };
    },
  };
}
