import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import type { LockEntry, Lockfile } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import type { JsonReport } from '../../server/src/core/show/report/check/json.ts';
import { audit } from '../../server/src/node/cli/audit.ts';
import { check } from '../../server/src/node/cli/check.ts';
import { DAMAGES } from '../damaged-text.ts';
import { randomFrom, seedOf } from '../fuzz/random.ts';
import { runCommand } from '../unit/node/cli/run-command.ts';
import { type CorpusRow, projectFiles } from './corpus.ts';

export interface DamageCounts {
  /** The number of texts that were read. */
  damaged: number;
  /** The texts among them that are still complete lockfiles, without their ends. */
  whole: number;
  /** The projects that `check` and `audit` ran on. */
  projects: number;
  readonly faults: string[];
}

/**
 * Damages the lockfile of a real project in each way, at `samples` places each. For each text, either the reader must
 * report that it is incomplete, or `check` a fault of the lockfile that the undamaged text does not have. For one text of
 * each project, and for all that were reported as complete, `check` and `audit` must exit with 2 if it was not read
 * completely.
 */
export async function damageLockfile(row: CorpusRow, seed: number, samples: number): Promise<DamageCounts> {
  const files = projectFiles(row);
  const text = files.get(row.file)!;
  const counts: DamageCounts = { damaged: 0, whole: 0, projects: 0, faults: [] };
  const whole = read(row.file, text);
  let known: ReadonlyMap<string, number> | undefined;
  const names = Object.keys(DAMAGES);
  const chosen = randomFrom(seedOf(seed, row.folder)).pick(names);
  for (const [name, damage] of Object.entries(DAMAGES)) {
    for (let sample = 0; sample < samples; sample++) {
      const random = randomFrom(seedOf(seed, `${row.folder} ${name} ${sample}`));
      const share = random.below(1_000_000) / 1_000_000;
      const broken = damage(text, share);
      if (broken === text) continue;
      counts.damaged++;
      const { status, entries, importers } = read(row.file, broken);
      if (status === 'checked') {
        counts.whole++;
        // The copy in npm's version 2 for npm up to 6 may lack anything.
        if (isSameInstall(whole, { entries, importers }, files)) continue;
      }
      if (status !== 'checked' && (name !== chosen || sample > 0)) continue;
      counts.projects++;
      known ??= await withFolder(files, async (folder) => faultsIn(await checked(folder)));
      const damaged = new Map([...files, [row.file, broken]]);
      const fault = await withFolder(damaged, (folder) => faultOf(folder, row.file, status, known!));
      if (fault !== undefined) counts.faults.push(`${row.folder}, ${name} at ${share}: ${fault}`);
    }
  }
  return counts;
}

function read(file: string, text: string): Lockfile {
  return readLockfile(`file:///${file}`, text, lockfileKindOf(file)!);
}

/**
 * Checks whether both install the same, as far as a lockfile and the manifests beside it can show. npm itself writes
 * lockfiles without some optional packages, and an importer whose manifest is not there has nothing to match.
 */
function isSameInstall(a: Installed, b: Installed, files: ReadonlyMap<string, string>): boolean {
  const textOf = ({ entries, importers }: Installed) => {
    const present = [...importers].filter(([path]) => files.has(posix.join(path, 'package.json')));
    const needed = entries.filter(({ optional }) => !optional);
    return JSON.stringify([...needed, ...present.map(([, importer]) => importer)].map(wordsOf));
  };
  return textOf(a) === textOf(b);
}

type Installed = Pick<Lockfile, 'entries' | 'importers'>;

function wordsOf({ key, version, resolved, integrity, checksum, edges }: LockEntry): readonly unknown[] {
  const values = [version, resolved, integrity, checksum].map((located) => located?.value);
  return [
    key,
    ...values,
    edges.filter(({ optional }) => !optional).map(({ name, specifier }) => [name, specifier.value]),
  ];
}

async function withFolder<T>(
  files: ReadonlyMap<string, string>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dephygiene-damage-')));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checked(folder: string): Promise<{ readonly code: number; readonly report: JsonReport }> {
  const { code, out } = await runCommand(check, folder, '--format', 'json');
  return { code, report: JSON.parse(out) as JsonReport };
}

/** Returns the number of findings about the lockfile, by rule. */
function faultsIn({ report }: { readonly report: JsonReport }): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of report.findings)
    if (rule.startsWith('lockfile-')) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

async function faultOf(
  folder: string,
  lockfile: string,
  status: string,
  known: ReadonlyMap<string, number>,
): Promise<string | undefined> {
  const { code, report } = await checked(folder);
  const said = report.files.find(({ path }) => path === lockfile)?.status;
  // Binary content is rejected before the text is read.
  if ((said === 'checked') !== (status === 'checked')) return `the reader says ${status}, check ${said}`;
  if (status === 'checked') {
    const isReported = [...faultsIn({ report })].some(([rule, count]) => count > (known.get(rule) ?? 0));
    return isReported ? undefined : 'check calls what is left of it whole, and reports nothing';
  }
  if (code !== 2) return `check ends with ${code}`;
  const audited = await runCommand(audit, folder);
  if (audited.code !== 2) return `audit ends with ${audited.code}`;
  if (!audited.out.concat(audited.error).includes(lockfile)) return 'audit does not name the lockfile';
  if (audited.out.includes('No known vulnerabilities;')) return 'audit calls it clean';
  return undefined;
}
