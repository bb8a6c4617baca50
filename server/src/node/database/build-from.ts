import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AdvisoryIndex } from '../../core/know/advisory/advisory-index.ts';
import { createIndexBuilder } from '../../core/know/advisory/build-index.ts';
import { openIndex } from '../../core/know/advisory/open-index.ts';
import { cvssScore } from '../../core/know/advisory/osv/cvss-score.ts';
import { readOsv } from '../../core/know/advisory/osv/read-osv.ts';
import { DatabaseProblem } from './database-problem.ts';
import { readRecords } from './read-records.ts';

export interface BuiltIndex {
  readonly bytes: Uint8Array;
  readonly index: AdvisoryIndex;
  /** The number of records that could not be read completely. */
  readonly unread: number;
}

export interface BuildOptions {
  /** Later dates are not trusted, in milliseconds since 1970. */
  readonly now: number;
  /** Called periodically with the number of records read so far. */
  onProgress(records: number): void;
  readonly signal: AbortSignal | undefined;
}

const STEP = 1_000;
const DAY = 24 * 60 * 60 * 1000;

/** Builds an index of all the records in files and folders. Its date is that of the newest record. */
export async function buildFrom(
  paths: readonly string[],
  { now, onProgress, signal }: BuildOptions,
): Promise<BuiltIndex> {
  const builder = createIndexBuilder();
  const withdrawn: string[] = [];
  let records = 0;
  let unread = 0;
  let asOf: number | undefined;
  for (const path of paths) {
    for await (const record of readRecords(path)) {
      const reading = readOsv(record, cvssScore);
      records++;
      if (reading.problem !== undefined) unread++;
      if (reading.withdrawn !== undefined) withdrawn.push(reading.withdrawn);
      for (const report of reading.reports) {
        builder.add(report);
        const time = Date.parse(report.modified ?? '');
        if (time <= now + DAY && !(asOf !== undefined && time <= asOf)) asOf = time;
      }
      if (records % STEP !== 0) continue;
      onProgress(records);
      // Gives an abort a chance to arrive.
      await nextTurn();
      signal?.throwIfAborted();
    }
  }
  onProgress(records);
  const bytes = builder.build({ records, withdrawn, asOf });
  const result = openIndex(bytes, 'database');
  if ('problem' in result) throw new Error(`an index was built that does not open: ${result.problem}`);
  if (result.index.packages === 0)
    throw new DatabaseProblem(`${paths.join(', ')} has no advisories on npm packages.`);
  return { bytes, index: result.index, unread };
}
