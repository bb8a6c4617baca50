import type { LockedVersion } from '../../core/know/incident/find-bad-entries.ts';
import type { IncidentEvent } from '../../core/show/report/incident/incident-report.ts';
import { objectIds } from '../git/git-objects.ts';
import type { RepositoryGit } from './repository-git.ts';

/** A branch whose tip has bad versions in a lockfile. */
export interface BranchHits {
  readonly branch: string;
  readonly path: string;
  readonly hits: readonly LockedVersion[];
}

const MAX_LIST = 50 * 1024 * 1024;
const MOST_LOOKUPS = 50_000;
const BRANCHES = ['refs/heads', 'refs/remotes'] as const;

/**
 * Returns the branches whose tips have one of the lockfile texts that were judged bad.
 * @param references all of the repository
 */
export async function branchesWith(
  git: RepositoryGit,
  references: readonly string[],
  paths: readonly string[],
  hitsOf: (object: string, path: string) => readonly LockedVersion[],
): Promise<readonly BranchHits[]> {
  const branches = references.filter(isBranch);
  const asked = branches
    .flatMap((reference) => paths.filter((path) => !path.includes('\n')).map((path) => ({ reference, path })))
    .slice(0, MOST_LOOKUPS);
  const ids = await objectIds(
    asked.map(({ reference, path }) => `${reference}:${path}`),
    () => git.start(['cat-file', '--batch-check'], 'pipe'),
  );
  return asked.flatMap(({ reference, path }, at) => {
    const object = ids[at];
    const hits = object === undefined ? [] : hitsOf(object, path);
    return hits.length === 0 ? [] : [{ branch: shortName(reference), path, hits }];
  });
}

/** Each costs a walk over the history. */
const MOST_COMMITS = 40;

/** Returns the branches that contain each commit with which a version entered or left. */
export async function branchesContaining(
  git: RepositoryGit,
  events: readonly IncidentEvent[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  const commits = [...new Set(events.map(({ commit }) => commit))].slice(0, MOST_COMMITS);
  for (const commit of commits) {
    const listed = await git.run(
      ['for-each-ref', '--format=%(refname)', `--contains=${commit}`, ...BRANCHES],
      MAX_LIST,
    );
    if (listed.type === 'failed' || listed.code !== 0) continue;
    const names = listed.out.toString('utf8').split('\n').filter(isBranch);
    found.set(commit, names.map(shortName));
  }
  return found;
}

function isBranch(reference: string): boolean {
  return BRANCHES.some((folder) => reference.startsWith(`${folder}/`)) && !reference.endsWith('/HEAD');
}

function shortName(reference: string): string {
  return reference.replace(/^refs\/(?:heads|remotes)\//, '');
}
