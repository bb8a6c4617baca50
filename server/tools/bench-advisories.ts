/**
 * Measures the advisory index, and writes the table into server/docs/advisories.md:
 *
 *     npm run bench:advisories
 *
 * The lockfile is the largest one of the corpus beside the checkout; rows that need it are skipped if it is missing.
 * Each row is compared with its limit; the exit code is 1 if one is missed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import semver from 'semver';
import type { AdvisoryIndex } from '../src/core/know/advisory/advisory-index.ts';
import { buildIndex } from '../src/core/know/advisory/build-index.ts';
import { openIndex } from '../src/core/know/advisory/open-index.ts';
import type { AdvisoryReport } from '../src/core/know/advisory/reports/advisory-report.ts';
import { releaseKey } from '../src/core/know/advisory/reports/release-key.ts';
import { medianOf, printRows, type Row, verdictOf } from './bench/figures.ts';
import { corpusText } from './bench/lockfile-texts.ts';
import { writePage } from './bench/page.ts';

const PAGE = join(import.meta.dirname, '../docs/advisories.md');
const DATA = join(import.meta.dirname, '../data/advisories.bin');
const CLI = join(import.meta.dirname, '../../dist/cli.js');
const PROJECT = 'hoppscotch-npm-v2';
const LOCKFILE = `${PROJECT}/package-lock.json`;
const OPTIONS = { includePrerelease: true, loose: true };
const NAMES = 220_000;
const ROUNDS = 60;
const EACH_ROUND = 500;
const SEMVER = `semver ${(createRequire(import.meta.url)('semver/package.json') as { version: string }).version}`;

await main();

async function main(): Promise<void> {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing; run npm run build.');
  const bytes = readFileSync(DATA);
  const rows = [...joinRows(bytes), testRow(), ...openRows(), ...nameRows(), sizeRow(bytes)];
  printRows(rows);
  if (corpusText(LOCKFILE) !== undefined) writePage(PAGE, rows, 'npm run bench:advisories');
  if (rows.some((row) => verdictOf(row) === 'missed')) process.exitCode = 1;
}

type Locked = readonly (readonly [name: string, version: string])[];

/**
 * Measures a whole lockfile against the whole set, with the index and with a map of ranges as texts, the usual
 * alternative.
 */
function joinRows(bytes: Uint8Array): readonly Row[] {
  const text = corpusText(LOCKFILE);
  if (text === undefined) return [];
  const locked = lockedOf(text);
  const index = opened(bytes);
  const ranges = rangesOf(opened(bytes));
  const ours = () => {
    let hits = 0;
    for (const [name, version] of locked) hits += index.affecting(name, version).length;
    return hits;
  };
  const theirs = () => {
    let hits = 0;
    for (const [name, version] of locked) {
      for (const range of ranges.get(name) ?? []) if (semver.satisfies(version, range, OPTIONS)) hits++;
    }
    return hits;
  };
  if (ours() !== theirs()) throw new Error(`${ours()} advisories affect the lockfile, not ${theirs()}`);
  const [our, their] = medians([ours, theirs]);
  const names = locked.map(([name]) => name);
  const [lookUp] = medians([() => names.reduce((sum, name) => sum + index.of(name).length, 0)]);
  return [
    {
      what: `lockfile of ${locked.length} packages × all advisories, warm`,
      ...{
        unit: 'ms',
        ours: our!,
        peer: `Map by name, ${SEMVER} satisfies`,
        theirs: their,
        must: 0.4,
        stretch: 0.1,
      },
    },
    figure('its look-ups alone, for each package', 'ns', (lookUp! / names.length) * 1e6, 3_000),
  ];
}

/** Returns the same advisories in the usual form. Without the end of a range, no version is certain. */
function rangesOf(index: AdvisoryIndex): ReadonlyMap<string, readonly string[]> {
  const sure = (name: string) => index.of(name).filter(({ isUnbounded }) => !isUnbounded);
  return new Map([...index.names()].map((name) => [name, sure(name).map(({ range }) => range)]));
}

function lockedOf(lockfile: string): Locked {
  const { packages } = JSON.parse(lockfile) as {
    packages: Record<string, { name?: string; version?: string; link?: true }>;
  };
  return Object.entries(packages).flatMap(([path, { name, version, link }]) => {
    const at = path.lastIndexOf('node_modules/');
    if (at === -1 || version === undefined || link) return [];
    return [[name ?? path.slice(at + 'node_modules/'.length), version] as const];
  });
}

/** Measures one version against one advisory with two intervals, both parsed already. */
function testRow(): Row {
  const range = '>=1.0.0 <1.4.2 || >=2.0.0 <2.3.1';
  const bounds = { inclusive: true };
  const report = madeUp('shelf', 0);
  const interval = (first: string, end: string) => ({
    start: { ...bounds, version: first },
    end: { inclusive: false, version: end },
  });
  const index = indexOf([{ ...report, intervals: [interval('1.0.0', '1.4.2'), interval('2.0.0', '2.3.1')] }]);
  const [advisory] = index.of('shelf') as unknown as readonly { affectsRelease(key: number): string }[];
  const versions = Array.from({ length: 1_000 }, (_, at) => `${at % 4}.${at % 7}.${at % 5}`);
  const keys = versions.map(releaseKey);
  const [our, their] = medians([
    () => keys.filter((key) => advisory!.affectsRelease(key) === 'yes').length,
    () => versions.filter((version) => semver.satisfies(version, range, OPTIONS)).length,
  ]);
  return {
    what: 'one version × one advisory',
    ...{
      unit: 'ns',
      ours: (our! / keys.length) * 1e6,
      peer: `${SEMVER} satisfies`,
      theirs: (their! / keys.length) * 1e6,
    },
    must: 0.4,
    stretch: 0.1,
  };
}

/** Measures in separate processes, as nothing is compiled yet when a program starts. */
function openRows(): readonly Row[] {
  const run = (mode: string): Record<string, number> => {
    const flags = mode === 'memory' ? ['--expose-gc'] : [];
    const script = join(import.meta.dirname, 'bench/advisory-process.ts');
    return JSON.parse(
      execFileSync(process.execPath, [...flags, script, mode, DATA], { encoding: 'utf8' }),
    ) as Record<string, number>;
  };
  const runs = Array.from({ length: 9 }, () => run('time'));
  const { kept } = run('memory');
  return [
    figure(
      'read the file and open it, first thing in a process',
      'ms',
      medianOf(runs.map(({ read, open }) => read! + open!)),
      30,
    ),
    figure('memory kept then, with each tenth package looked at', 'MiB', kept! / 2 ** 20, 25),
  ];
}

/** Measures names alone, against a sorted text of them that is bisected in place. */
function nameRows(): readonly Row[] {
  const names = Array.from(
    { length: NAMES },
    (_, at) => `${at % 5 === 0 ? '@scope/' : ''}made-up-${(at * 7919) % NAMES}`,
  );
  const bytes = buildIndex({
    ...{ records: NAMES, withdrawn: [], asOf: undefined },
    reports: names.map((name, at) => ({
      ...madeUp(name, at),
      intervals: [{ start: undefined, end: 'open' }],
    })),
  });
  const text = `\n${names.toSorted().join('\n')}\n`;
  // Each name is looked up once, as lookups are cached: a quarter of them is among those.
  const asked = Array.from({ length: 2 * ROUNDS }, (_, round) =>
    Array.from({ length: EACH_ROUND }, (_, at) =>
      at % 4 === 0 ? names[round * 900 + at]! : `ordinary-${round}-${at}`,
    ),
  );
  const index = opened(bytes);
  const count = (round: number, has: (name: string) => boolean) => asked[round]!.filter(has).length;
  const [our, their, open] = medians([
    (round) => count(round, (name) => index.of(name).length > 0),
    (round) => count(round, (name) => isIn(text, name)),
    () => opened(bytes).packages,
  ]);
  return [
    figure(`first look-up of a name among ${NAMES} malicious ones`, 'ns', (our! / EACH_ROUND) * 1e6, 3_000),
    {
      what: 'the same against a text that only says whether it is there',
      ...{ unit: 'ns', ours: (our! / EACH_ROUND) * 1e6, peer: 'sorted text, bisected' },
      theirs: (their! / EACH_ROUND) * 1e6,
      must: undefined,
    },
    figure('opening those, warm', 'ms', open!, 30),
    {
      what: 'size of those, with an id each',
      ...{
        unit: 'kB',
        ours: bytes.length / 1_000,
        peer: 'sorted text, no ids',
        theirs: text.length / 1_000,
        must: undefined,
      },
    },
  ];
}

function isIn(text: string, name: string): boolean {
  let low = 0;
  let high = text.length - 1;
  while (low < high) {
    const start = text.lastIndexOf('\n', (low + high) >> 1) + 1;
    const end = text.indexOf('\n', start);
    const found = text.slice(start, end);
    if (found === name) return true;
    if (found < name) low = end;
    else high = start - 1;
  }
  return false;
}

function sizeRow(bytes: Uint8Array): Row {
  const packed = gzipSync(bytes, { level: 9 }).length;
  return figure(
    `the bundled data, packed; ${Math.round(bytes.length / 1_000)} kB as it is`,
    'kB',
    packed / 1_000,
    2_000,
  );
}

/**
 * Returns the medians of calls, which alternate so that a busy moment affects all of them. Results are used, so that
 * the calls are not optimized away.
 */
function medians(calls: readonly ((round: number) => number)[]): readonly number[] {
  const measured = calls.map((): number[] => []);
  let kept = 0;
  for (let round = 0; round < 2 * ROUNDS; round++) {
    for (const [at, call] of calls.entries()) {
      const start = performance.now();
      kept += call(round);
      // The first half is a warm-up.
      if (round >= ROUNDS) measured[at]!.push(performance.now() - start);
    }
  }
  if (Number.isNaN(kept)) throw new Error('a call gave no number');
  return measured.map(medianOf);
}

function opened(bytes: Uint8Array): AdvisoryIndex {
  const result = openIndex(bytes, 'bundled');
  if ('problem' in result) throw new Error(result.problem);
  return result.index;
}

function indexOf(reports: readonly AdvisoryReport[]): AdvisoryIndex {
  return opened(buildIndex({ reports, records: reports.length, withdrawn: [], asOf: undefined }));
}

function madeUp(name: string, at: number): AdvisoryReport {
  return {
    ids: [`MAL-2026-${at + 1}`],
    package: name,
    ...{ severity: 'critical', score: undefined, cwes: ['CWE-506'], isMalware: true, isReviewed: false },
    ...{ isLow: false, quality: 'complete' },
    ...{ title: undefined, published: '2026-01-01', modified: '2026-01-01', intervals: [], versions: [] },
  };
}

function figure(what: string, unit: Row['unit'], ours: number, must: number): Row {
  return { what, unit, ours, peer: undefined, theirs: undefined, must };
}
