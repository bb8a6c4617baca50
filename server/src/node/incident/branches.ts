import type { LockedVersion } from '../../core/know/incident/find-bad-entries.ts';
import type { IncidentEvent } from '../../core/show/report/incident/incident-report.ts';
import { commitsIn } from '../git/git-descendants.ts';
import type { StoredObjects } from '../git/pack/stored-objects.ts';
import type { RepositoryGit } from './repository-git.ts';

/** A branch whose tip has bad versions in a lockfile. */
export interface BranchHits {
  readonly branch: string;
  readonly path: string;
  readonly hits: readonly LockedVersion[];
}

/** A reference with the object that it names. */
export interface Reference {
  readonly name: string;
  readonly object: string;
}

const MOST_LOOKUPS = 50_000;
const BRANCHES = ['refs/heads', 'refs/remotes'] as const;

/** A lockfile at the tip of a branch. */
export interface BranchFile {
  readonly reference: string;
  readonly commit: string;
  readonly path: string;
}

/** Returns these lockfiles of all branches. */
export function branchFiles(
  references: readonly Reference[],
  paths: readonly string[],
): readonly BranchFile[] {
  const named = paths.filter((path) => !path.includes('\n'));
  return references
    .filter(({ name }) => isBranch(name))
    .flatMap(({ name, object }) => named.map((path) => ({ reference: name, commit: object, path })))
    .slice(0, MOST_LOOKUPS);
}

/**
 * Returns the branches whose tips have one of the lockfile texts that were judged bad.
 * @param ids the objects of the files
 */
export function branchesWith(
  files: readonly BranchFile[],
  ids: readonly (string | undefined)[],
  hitsOf: (object: string, path: string) => readonly LockedVersion[],
): readonly BranchHits[] {
  return files.flatMap(({ reference, path }, at) => {
    const object = ids[at];
    const hits = object === undefined ? [] : hitsOf(object, path);
    return hits.length === 0 ? [] : [{ branch: shortName(reference), path, hits }];
  });
}

/** Events of more commits are told without their branches. */
const MOST_COMMITS = 400;

/** Returns the branches that contain each commit with which a version entered or left. */
export async function branchesContaining(
  git: RepositoryGit,
  stored: StoredObjects | undefined,
  references: readonly Reference[],
  events: readonly IncidentEvent[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const commits = [...new Set(events.map(({ commit }) => commit))].slice(0, MOST_COMMITS);
  if (commits.length === 0) return new Map();
  const branches = references.filter(({ name }) => isBranch(name));
  const tips = new Set(branches.map(({ object }) => object));
  const contained = await commitsIn(tips, commits, git.start, stored);
  if (contained === undefined) return new Map();
  const found = new Map<string, string[]>(commits.map((commit) => [commit, []]));
  for (const { name, object } of branches)
    for (const commit of contained.get(object) ?? []) found.get(commit)!.push(shortName(name));
  return found;
}

function isBranch(reference: string): boolean {
  return BRANCHES.some((folder) => reference.startsWith(`${folder}/`)) && !reference.endsWith('/HEAD');
}

function shortName(reference: string): string {
  return reference.replace(/^refs\/(?:heads|remotes)\//, '');
}
