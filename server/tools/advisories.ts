/**
 * Builds server/data/advisories.bin, the vulnerable and malicious versions known when the program is built; and
 * server/src/core/know/advisory/osv/cwe-names.ts, the official names of the weaknesses in it.
 *
 *     node server/tools/advisories.ts --as-of=<YYYY-MM-DD> [--complete-to=<YYYY-MM-DD>]
 *         [--malicious=<table>] [--incidents=<table>] [--check] [--output=<file>] <osv>...
 *     node server/tools/advisories.ts --from=<zip> [--check] [--output=<file>]
 *
 * --from is the full export of OSV for npm: nothing is missing up to the day of its newest record, which is both days.
 *
 * Each <osv> is a file or a folder of records in the OSV format, as accepted by `dephygiene db build`. The tables are
 * described in server/tools/advisories/malicious-names.ts and may be compressed (.gz). --as-of is the day of the newest
 * source, --complete-to the last day up to which nothing is missing. The file contains facts (ids, names, versions,
 * severity, kinds of weakness and dates) and the title of each vulnerability, which NOTICE credits; no other text of
 * any record. server/tools/advisories/incidents.tsv, the hijacked releases that became widely known, is always read.
 *
 * Records of Retire.js about a dependency of the package are skipped (server/tools/advisories/retire-records.ts).
 *
 * --output writes the index elsewhere, and no names.
 *
 * With --check nothing is written: the exit code says whether the committed file matches the inputs; without inputs,
 * whether it is intact.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { buildIndex } from '../src/core/know/advisory/build-index.ts';
import { openIndex } from '../src/core/know/advisory/open-index.ts';
import { cvssScore } from '../src/core/know/advisory/osv/cvss-score.ts';
import { type OsvReading, readOsv } from '../src/core/know/advisory/osv/read-osv.ts';
import { readRecords } from '../src/node/database/read-records.ts';
import { cweNamesModule } from './advisories/cwe-names.ts';
import { readIncidents, readMaliciousNames } from './advisories/malicious-names.ts';
import { isOfDependency } from './advisories/retire-records.ts';

const namesOutput = join(import.meta.dirname, '../src/core/know/advisory/osv/cwe-names.ts');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'as-of': { type: 'string' },
    'complete-to': { type: 'string' },
    malicious: { type: 'string' },
    incidents: { type: 'string' },
    from: { type: 'string' },
    output: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});

const output = values.output ?? join(import.meta.dirname, '../data/advisories.bin');

process.exitCode = await main();

async function main(): Promise<number> {
  const committed = existsSync(output) ? readFileSync(output) : new Uint8Array();
  const { from } = values;
  if (positionals.length === 0 && from === undefined) return values.check ? checkAlone(committed) : usage();
  if (from !== undefined && (positionals.length > 0 || values['as-of'] !== undefined)) return usage();
  const read = await readAll(from === undefined ? positionals : [from]);
  const newest = read.newest.slice(0, 10);
  const asOf = Date.parse(`${from === undefined ? values['as-of'] : newest}T00:00:00Z`);
  if (from !== undefined && (read.readings.length === 0 || Number.isNaN(asOf))) {
    console.error(`advisories: ${from} has no records of OSV; give its full export for npm.`);
    return 2;
  }
  if (Number.isNaN(asOf)) return usage();
  const last = from === undefined ? values['complete-to'] : newest;
  const completeTo = last === undefined ? undefined : Date.parse(`${last}T00:00:00Z`);
  if (completeTo !== undefined && Number.isNaN(completeTo)) return usage();
  const { malicious, incidents } = values;
  const own = readFileSync(join(import.meta.dirname, 'advisories/incidents.tsv'), 'utf8');
  const tables = [
    ...readIncidents(own),
    ...(malicious === undefined ? [] : readMaliciousNames(textOf(malicious))),
    ...(incidents === undefined ? [] : readIncidents(textOf(incidents))),
  ];
  const reports = [...read.readings.flatMap((each) => each.reports), ...tables];
  const withdrawn = read.readings.flatMap((each) => each.withdrawn ?? []);
  const bytes = buildIndex({ reports, withdrawn, records: read.readings.length, asOf, completeTo });
  const names = cweNamesModule(reports.flatMap(({ cwes }) => cwes.map((cwe) => Number(cwe.slice(4)))));
  const isCurrent = Buffer.from(bytes).equals(committed);
  const hasNames =
    values.output !== undefined || (existsSync(namesOutput) && readFileSync(namesOutput, 'utf8') === names);
  if (values.check) {
    if (!isCurrent) console.error('advisories: server/data/advisories.bin is not what these inputs give.');
    if (!hasNames) console.error('advisories: cwe-names.ts is not what these inputs give.');
    return isCurrent && hasNames ? 0 : 1;
  }
  if (!isCurrent) writeFileSync(output, bytes);
  if (!hasNames) writeFileSync(namesOutput, names);
  console.log(`advisories: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} packed`);
  return 0;
}

interface ReadRecords {
  readonly readings: readonly OsvReading[];
  /** The latest time at which one of them was modified; empty without any. */
  readonly newest: string;
}

async function readAll(paths: readonly string[]): Promise<ReadRecords> {
  const readings: OsvReading[] = [];
  let newest = '';
  for (const path of paths) {
    for await (const record of readRecords(path)) {
      if (isOfDependency(record)) continue;
      const reading = readOsv(record, cvssScore);
      if (reading.problem !== undefined) console.error(`advisories: a record of ${path}: ${reading.problem}`);
      readings.push(reading);
      const modified = (record as { modified?: unknown } | null | undefined)?.modified;
      if (typeof modified === 'string' && modified > newest) newest = modified;
    }
  }
  return { readings, newest };
}

function checkAlone(committed: Uint8Array): number {
  const opened = openIndex(committed, 'bundled');
  if (!('problem' in opened)) return 0;
  console.error(`advisories: server/data/advisories.bin cannot be used: ${opened.problem}.`);
  return 1;
}

function usage(): number {
  console.error(
    'advisories: give --as-of=<YYYY-MM-DD> and files or folders of OSV records, or --from=<zip>.',
  );
  return 2;
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
