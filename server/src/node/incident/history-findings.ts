import { type BadVersions, claimsOn } from '../../core/know/incident/bad-versions.ts';
import type { LockedVersion } from '../../core/know/incident/find-bad-entries.ts';
import type { IncidentEvent } from '../../core/show/report/incident/incident-report.ts';
import type { DatesAround } from '../../core/show/report/incident/installable.ts';
import { type Timeline, timelinesOf } from '../../core/show/report/incident/timeline.ts';
import { objectIds } from '../git/git-objects.ts';
import type { StoredObjects } from '../git/pack/stored-objects.ts';
import { fileOfCommit } from '../git/pack/stored-trees.ts';
import {
  type BranchFile,
  type BranchHits,
  branchesContaining,
  branchesWith,
  branchFiles,
  type Reference,
} from './branches.ts';
import { datesAround } from './dates-around.ts';
import { filesBefore } from './files-before.ts';
import { type DetailsAsked, detailsOf, type FindingDetails, filesOfCommits } from './finding-details.ts';
import type { KnownVerdicts } from './known-verdicts.ts';
import type { RepositoryGit } from './repository-git.ts';
import type { HistoryFacts } from './search-history.ts';

/** What follows from the objects of a repository, as plain data for the cache. */
export interface HistoryFindings extends HistoryFacts {
  readonly branchHits: readonly BranchHits[];
  /** Branches by the commits of events. */
  readonly containing: Readonly<Record<string, readonly string[]>>;
  /** By the commits of events, for versions of which a source says when a registry had them. */
  readonly around: Readonly<Record<string, DatesAround>>;
  /** The paths that lead back to the state before a commit, by the commit and the lockfile. */
  readonly before: Readonly<Record<string, readonly string[]>>;
  /** By `detailsKey`. */
  readonly details: Readonly<Record<string, FindingDetails>>;
}

export const NO_HISTORY: HistoryFindings = {
  ...{ head: [], modules: [], commits: [], walked: 0, lockfiles: 0 },
  ...{ branchHits: [], containing: {}, around: {}, before: {}, details: {} },
};

export interface HistoryContext {
  readonly git: RepositoryGit;
  readonly stored: StoredObjects | undefined;
  readonly head: string | undefined;
  /** All references. */
  readonly references: readonly Reference[];
  readonly isHistory: boolean;
  readonly bad: BadVersions;
  readonly verdicts: KnownVerdicts;
  readonly signal: AbortSignal;
}

/** Parsing takes time: for more lockfiles of more commits, the details are not looked at. */
const MOST_DETAILS = 100;

/** Looks up branches and details of what was found. */
export async function historyFindings(
  facts: HistoryFacts,
  { git, stored, head, references, isHistory, bad, verdicts, signal }: HistoryContext,
): Promise<HistoryFindings> {
  const timelines = timelinesOf(facts.commits);
  const paths = new Set([...timelines, ...facts.head].map(({ path }) => path));
  if (paths.size === 0) return { ...NO_HISTORY, ...facts };
  const hitsOf = (object: string, path: string) => verdicts.of(object, path)?.hits ?? [];
  const files = isHistory ? branchFiles(references, [...paths]) : [];
  const asked = askedDetails(timelines, facts, head);
  const branchIds = await idsOf(files, git, stored);
  const branchHits = branchesWith(files, branchIds, hitsOf);
  const containing = await branchesContaining(
    git,
    stored,
    references,
    timelines.flatMap(({ events }) => events),
  );
  const around = await datesAround(
    git,
    timelines.flatMap(({ name, version, events }) =>
      claimsOn(bad, name, version).some(({ published, removed }) => (published ?? removed) !== undefined)
        ? events.map(({ commit }) => commit)
        : [],
    ),
  );
  const details: Record<string, FindingDetails> = {};
  const found = await detailsOf(git, stored, asked, signal);
  for (const [at, { commit, path }] of asked.entries())
    for (const [version, each] of found[at] ?? []) details[detailsKey(commit, path, version)] = each;
  const before = await statesBefore(git, stored, timelines, signal);
  return { ...facts, branchHits, containing: Object.fromEntries(containing), around, before, details };
}

/** For the states before more commits than these, nothing is looked up. */
const MOST_STATES = 40;

/** Returns the paths that lead back to the states before versions entered. */
async function statesBefore(
  git: RepositoryGit,
  stored: StoredObjects | undefined,
  timelines: readonly Timeline[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const entered = timelines
    .flatMap(({ path, events }) =>
      events.filter(({ type }) => type === 'entered').map((each) => ({ ...each, path })),
    )
    .filter(({ isMerge, parent }) => !isMerge && parent !== undefined)
    .slice(0, MOST_STATES);
  if (entered.length === 0) return {};
  const commits = new Set(entered.flatMap(({ commit, parent }) => [commit, parent!]));
  const listed = await filesOfCommits(commits, git, stored, signal);
  const found: Record<string, readonly string[]> = {};
  for (const each of entered) {
    const files = filesBefore(each, listed);
    if (files !== undefined) found[stateKey(each.commit, each.path)] = files;
  }
  return found;
}

export function stateKey(commit: string, path: string): string {
  return `${commit} ${path}`;
}

/** git answers more questions faster. */
const MOST_NEAR = 200;

/** Returns the objects of lockfiles of branches. */
async function idsOf(
  files: readonly BranchFile[],
  git: RepositoryGit,
  stored: StoredObjects | undefined,
): Promise<readonly (string | undefined)[]> {
  const near =
    stored === undefined || files.length > MOST_NEAR
      ? []
      : files.map(({ commit, path }) => fileOfCommit(stored, commit, path));
  if (near.length === files.length && near.every((id) => id !== undefined))
    return near.map((id) => id ?? undefined);
  const names = files.map(({ reference, path }) => `${reference}:${path}`);
  return objectIds(names, () => git.start(['cat-file', '--batch-check'], 'pipe'));
}

export function detailsKey(commit: string, path: string, version: string): string {
  return `${commit} ${path} ${version}`;
}

/** Returns the commit whose files say how a version is used: that of its first entry. */
export function enteringCommit(events: readonly IncidentEvent[]): string | undefined {
  return events.find(({ type }) => type === 'entered')?.commit;
}

interface Asked extends DetailsAsked {
  readonly versions: LockedVersion[];
}

/** Returns what is asked of each lockfile of a commit, which is parsed once. */
function askedDetails(
  timelines: readonly Timeline[],
  { head: atHead }: HistoryFacts,
  head: string | undefined,
): readonly Asked[] {
  const asked = new Map<string, Asked>();
  const add = (commit: string | undefined, path: string, version: LockedVersion) => {
    if (commit === undefined) return;
    const key = `${commit} ${path}`;
    const known = asked.get(key);
    if (known !== undefined) known.versions.push(version);
    else if (asked.size < MOST_DETAILS && !path.includes('\n'))
      asked.set(key, { commit, path, versions: [version] });
  };
  const known = new Set<string>();
  for (const { name, version, path, events } of timelines) {
    known.add(`${path} ${name}@${version}`);
    add(enteringCommit(events), path, { name, version });
  }
  for (const { path, hits } of atHead)
    for (const hit of hits) if (!known.has(`${path} ${hit.name}@${hit.version}`)) add(head, path, hit);
  return [...asked.values()];
}
