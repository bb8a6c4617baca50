import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
 * report that it is incomplete, or `check` that it does not match the manifests. For one text of each project, and for
 * all that were reported as complete, `check` and `audit` must exit with 2 if it was not read completely.
 */
export async function damageLockfile(row: CorpusRow, seed: number, samples: number): Promise<DamageCounts> {
  const files = projectFiles(row);
  const text = files.get(row.file)!;
  const counts: DamageCounts = { damaged: 0, whole: 0, projects: 0, faults: [] };
  const whole = read(row.file, text);
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
        if (installsSame(whole, { entries, importers })) continue;
      }
      if (status !== 'checked' && (name !== chosen || sample > 0)) continue;
      counts.projects++;
      const fault = await faultOf(new Map([...files, [row.file, broken]]), row.file, status);
      if (fault !== undefined) counts.faults.push(`${row.folder}, ${name} at ${share}: ${fault}`);
    }
  }
  return counts;
}

function read(file: string, text: string): Lockfile {
  return readLockfile(`file:///${file}`, text, lockfileKindOf(file)!);
}

function installsSame(a: Installed, b: Installed): boolean {
  const textOf = ({ entries, importers }: Installed) =>
    JSON.stringify([...entries, ...importers.values()].map(wordsOf));
  return textOf(a) === textOf(b);
}

type Installed = Pick<Lockfile, 'entries' | 'importers'>;

function wordsOf({ key, version, resolved, integrity, checksum, edges }: LockEntry): readonly unknown[] {
  const values = [version, resolved, integrity, checksum].map((located) => located?.value);
  return [key, ...values, edges.map(({ name, specifier }) => [name, specifier.value])];
}

async function faultOf(
  files: ReadonlyMap<string, string>,
  lockfile: string,
  status: string,
): Promise<string | undefined> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dephygiene-damage-')));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const checked = await runCommand(check, folder, '--format', 'json');
    const report = JSON.parse(checked.out) as JsonReport;
    const said = report.files.find(({ path }) => path === lockfile)?.status;
    // Binary content is rejected before the text is read.
    if ((said === 'checked') !== (status === 'checked')) return `the reader says ${status}, check ${said}`;
    if (status === 'checked') {
      const isReported = report.findings.some(({ rule }) => rule === 'lockfile-out-of-sync');
      return isReported ? undefined : 'check calls what is left of it whole, and reports nothing';
    }
    if (checked.code !== 2) return `check ends with ${checked.code}`;
    const audited = await runCommand(audit, folder);
    if (audited.code !== 2) return `audit ends with ${audited.code}`;
    if (!audited.out.concat(audited.error).includes(lockfile)) return 'audit does not name the lockfile';
    if (audited.out.includes('No known vulnerabilities;')) return 'audit calls it clean';
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
