import { setImmediate } from 'node:timers/promises';
import { buildGraph } from '../../server/src/core/read/graph/build-graph.ts';
import { diffLockfiles, isEmptyDiff } from '../../server/src/core/read/graph/diff/lockfile-diff.ts';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import { createSession } from '../../server/src/engine/create-session.ts';
import { DEFAULT_SETTINGS } from '../../server/src/engine/settings.ts';
import { type Random, randomFrom } from '../fuzz/random.ts';
import { findingsOf, ROOT, testPorts } from '../workspace.ts';
import {
  type Dependent,
  FILE_OF,
  FORMATS,
  type Format,
  type Locked,
  lockfileOf,
  manifestOf,
} from './lockfile-of.ts';
import { MUTATIONS } from './mutations.ts';
import { fetchedBy } from './resolver.ts';
import { type Sample, samples } from './samples.ts';

export interface EvasionCase {
  readonly format: Format;
  readonly changes: readonly string[];
  readonly manifest: string;
  readonly honest: string;
  readonly changed: string;
  /** Whether something else would be fetched, accepted or taken for another package. */
  readonly differs: boolean;
}

export interface CampaignResult {
  readonly cases: number;
  /** The number of them that fetch, accept or name something else. */
  readonly differing: number;
  /** Those among them that `check` or `diff` does not report. */
  readonly silent: readonly {
    readonly number: number;
    readonly in: 'check' | 'diff';
    readonly case: EvasionCase;
  }[];
}

/** Tries the cases from `first` on, the same ones for the same seed. */
export async function runCampaign(seed: number, first: number, count: number): Promise<CampaignResult> {
  const all = samples(150);
  const silent: CampaignResult['silent'][number][] = [];
  let differing = 0;
  for (let number = first; number < first + count; number++) {
    const one = evasionCase(seed, number, all);
    if (!one.differs) continue;
    differing++;
    if (isSilentInDiff(one)) silent.push({ number, in: 'diff', case: one });
    if (await isSilentInCheck(one)) silent.push({ number, in: 'check', case: one });
    // The target of a weak reference stays alive until the end of the event loop's turn.
    await setImmediate();
  }
  return { cases: count, differing, silent };
}

/** Returns the case of a seed and number. */
export function evasionCase(seed: number, number: number, all: readonly Sample[]): EvasionCase {
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) ^ number);
  const format = FORMATS[number % FORMATS.length]!;
  const [victim, other] = twoOf(all, random);
  const evil = random.pick(all);
  // Formats other than npm's and Yarn 1's omit the usual URL.
  const isBare =
    format === 'yarn-berry' || format === 'bun' || (format.startsWith('pnpm') && random.chance(0.5));
  const start: Locked = { ...victim, url: isBare ? undefined : victim.url };
  const neighbour: Sample = isBare ? ({ ...other, url: undefined } as unknown as Sample) : other;
  const changes: string[] = [];
  let locked = start;
  for (let times = random.pick([1, 1, 1, 2, 3]); times > 0; times--) {
    const mutation = random.pick(MUTATIONS);
    locked = mutation.apply(locked, evil, random);
    changes.push(mutation.id);
  }
  const packages = [victim, neighbour] as const;
  const dependent = dependentIn(format, random);
  const manifest = manifestOf(format, packages, dependent);
  return {
    ...{ format, changes, manifest },
    honest: lockfileOf(format, packages, start, dependent),
    changed: lockfileOf(format, packages, locked, dependent),
    differs: isOther(format, start, locked, victim),
  };
}

/**
 * Chooses the dependent. npm up to 6 records none of the project's declarations, and pnpm none of packages': another
 * version with a hash of its own is then what an honest update writes as well.
 */
function dependentIn(format: Format, random: Random): Dependent {
  if (format === 'npm-v1') return 'package';
  if (format.startsWith('pnpm')) return 'project';
  return random.chance(0.5) ? 'project' : 'package';
}

function twoOf(all: readonly Sample[], random: Random): readonly [Sample, Sample] {
  const first = random.pick(all);
  for (;;) {
    const second = random.pick(all);
    if (second.name !== first.name) return [first, second];
  }
}

/** Compares with the independent resolver: an omitted URL is the usual one. */
function isOther(format: Format, start: Locked, locked: Locked, victim: Sample): boolean {
  // Yarn 1 has no separate name in an entry; Yarn 2 and later have hashes of their own format.
  const names = format !== 'yarn-classic';
  const usual = (said: Locked): Locked => {
    const name = names ? said.name : victim.name;
    const path = `${name}/-/${bareOf(name)}-${said.version}.tgz`;
    return { ...said, url: said.url ?? victim.url.replace(/\/\/([^/]+)\/.*$/, `//$1/${path}`) };
  };
  const [before, after] = [fetchedBy(format, usual(start)), fetchedBy(format, usual(locked))];
  return (
    before.origin !== after.origin ||
    before.file !== after.file ||
    before.accepted !== after.accepted ||
    (names && before.named !== after.named) ||
    start.version !== locked.version
  );
}

function bareOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

function isSilentInDiff({ format, honest, changed }: EvasionCase): boolean {
  const file = FILE_OF[format];
  const [before, after] = [honest, changed].map((text) =>
    readLockfile(`${ROOT}/${file}`, text, lockfileKindOf(file)!),
  );
  // An incomplete reading is reported, and the command exits with 2.
  if (after!.status !== 'checked') return false;
  return isEmptyDiff(diffLockfiles(buildGraph(before!), buildGraph(after!)));
}

async function isSilentInCheck({ format, manifest, honest, changed }: EvasionCase): Promise<boolean> {
  const file = FILE_OF[format];
  const files = new Map([
    ['package.json', manifest],
    [file, changed],
  ]);
  const git = { textAt: async () => ({ type: 'text', commit: 'base', text: honest }) as const };
  const session = createSession({ ...testPorts(files, { git }), popularNames: () => '' });
  session.configure({ ...DEFAULT_SETTINGS, base: 'HEAD' });
  session.setFolders([ROOT]);
  await session.loadFolder(ROOT);
  const snapshot = session.snapshot();
  const isRead = snapshot.projects.every(({ statuses }) =>
    statuses.every(({ status }) => status === 'checked'),
  );
  const findings = findingsOf(snapshot).filter(
    ({ uri, severity, rule }) =>
      uri.endsWith(file) && (severity === 'error' || severity === 'warning') && rule !== OF_EVERY_FILE,
  );
  session.dispose();
  return isRead && findings.length === 0;
}

/** Reported for each file of npm up to 6, whatever its content. */
const OF_EVERY_FILE = 'lockfile-legacy-format';
