import { dirname, relative, sep } from 'node:path';
import type { GitUnknown } from '../../engine/ports.ts';
import { uriOfPath } from '../disk-files.ts';
import {
  DAMAGED_BRANCH,
  LOST_COMMIT,
  NO_REPOSITORY,
  notRun,
  unknown,
  whyNoCommit,
  whyNoObject,
} from './git-failure.ts';
import { hasRepository, isRepository, repositoryOf } from './git-folders.ts';
import { ITEM, MAX_SHORT, MODULE, type RunGit } from './git-items.ts';
import { nameInRevision, parseReferences, referenceArguments } from './git-names.ts';

type Unknown = GitUnknown;

/** Resolves revisions to commits. */
export interface GitCommits {
  /** Returns the commit id, or why there is none; resolved once for the many files that are read at a time. */
  at(revision: string, directory: string): Promise<string | Unknown>;
  /**
   * Returns the commit that a revision resolves to for a folder. In a submodule below the checked folder, it is the one
   * that the outer repository records at that revision, as the submodule's own branches may differ. Undefined if there
   * is no submodule at that revision.
   */
  forFolder(revision: string, directory: string): Promise<string | undefined | Unknown>;
  forget(): void;
}

/** How long a resolved revision is cached. */
const SAME_MS = 250;

/** @param isChecked whether a checked folder is in the repository */
export function createGitCommits(run: RunGit, isChecked: (repository: string) => boolean): GitCommits {
  const commits = new Map<string, { readonly until: number; readonly name: Promise<string | Unknown> }>();
  const commitAt = async (revision: string, directory: string): Promise<string | Unknown> => {
    const repository = await repositoryOf(directory);
    const key = JSON.stringify([repository, revision]);
    const known = commits.get(key);
    if (known !== undefined && performance.now() < known.until) return known.name;
    const name = (await isRepository(repository))
      ? findCommit(run, revision, directory).then((found) =>
          typeof found === 'string' ? found : { ...found, repository: uriOfPath(repository) },
        )
      : Promise.resolve<Unknown>({ ...unknown(NO_REPOSITORY), isExpected: true });
    commits.set(key, { until: performance.now() + SAME_MS, name });
    return name;
  };
  const commitFor = async (revision: string, directory: string): Promise<string | undefined | Unknown> => {
    const repository = await repositoryOf(directory);
    const around = dirname(repository);
    if (isChecked(repository) || around === repository || !(await hasRepository(around)))
      return commitAt(revision, directory);
    const outer = await repositoryOf(around);
    const path = relative(outer, repository).split(sep).join('/');
    const indexed = await run(['ls-files', '--stage', '-z', '--', path], outer, MAX_SHORT);
    if (indexed.type === 'failed') return notRun(indexed);
    // A repository that merely lies there is independent.
    if (!indexed.out.toString('latin1').startsWith(MODULE)) return commitAt(revision, directory);
    const commit = await commitFor(revision, outer);
    if (typeof commit !== 'string') return commit;
    const listed = await run(['ls-tree', '-z', commit, '--', path], outer, MAX_SHORT);
    if (listed.type === 'failed') return notRun(listed);
    if (listed.code !== 0) return unknown(whyNoObject(listed.error));
    const item = ITEM.exec(listed.out.toString('utf8'));
    return item?.[2] === 'commit' ? commitAt(item[3]!, directory) : undefined;
  };
  return { at: commitAt, forFolder: commitFor, forget: () => commits.clear() };
}

async function findCommit(run: RunGit, revision: string, directory: string): Promise<string | Unknown> {
  if (revision.startsWith('-') || revision.includes('\0')) return unknown(`${revision} names no commit`);
  const several = await severalMeanings(run, revision, directory);
  if (several !== undefined) return several;
  const found = await run(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    directory,
    MAX_SHORT,
  );
  if (found.type === 'failed') return notRun(found);
  const commit = found.out.toString('latin1').trim();
  const isName = found.code === 0 && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(commit);
  return isName ? commit : noCommit(run, found.error, revision, directory);
}

/** Returns a failure if a name is ambiguous: git would choose the tag, which everybody may have pushed. */
async function severalMeanings(
  run: RunGit,
  revision: string,
  directory: string,
): Promise<Unknown | undefined> {
  const name = nameInRevision(revision);
  if (name === undefined) return undefined;
  const listed = await run(referenceArguments(name), directory, MAX_SHORT);
  if (listed.type === 'failed' || listed.code !== 0) return undefined;
  const found = parseReferences(listed.out.toString('utf8'), name);
  const [first] = found;
  if (first === undefined) return undefined;
  const other = found.find(({ object }) => object !== first.object);
  if (other !== undefined) {
    const branch = found.find((each) => !each.name.startsWith('refs/tags/')) ?? first;
    return ambiguous(`it names ${first.name} and ${other.name}, which differ`, branch.name);
  }
  if (!/^[\da-f]{4,}$/i.test(name) || first.object.startsWith(name.toLowerCase())) return undefined;
  const objects = await run(['rev-parse', `--disambiguate=${name}`], directory, MAX_SHORT);
  if (objects.type === 'failed' || objects.out.length === 0) return undefined;
  return ambiguous(`it names ${first.name} and begins the name of a commit`, first.name);
}

/** Returns why HEAD is no commit: there may be none yet, or it may be lost. */
export function whyNoHead(run: RunGit, error: string, directory: string): Promise<Unknown> {
  return noCommit(run, error, 'HEAD', directory);
}

async function noCommit(run: RunGit, error: string, revision: string, directory: string): Promise<Unknown> {
  if (error.trim() !== '' || revision !== 'HEAD') return whyNoCommit(error, revision);
  // A branch without a commit does not exist; one with a lost commit does.
  const named = await run(['rev-parse', '--verify', '--quiet', 'HEAD'], directory, MAX_SHORT);
  if (named.type === 'ended' && named.code === 0) return LOST_COMMIT;
  return (await hasDamagedBranch(run, directory)) ? DAMAGED_BRANCH : whyNoCommit(error, revision);
}

/** Checks whether HEAD refers to an unreadable branch. git 2.47 and later refuse to read HEAD then, older ones warn. */
async function hasDamagedBranch(run: RunGit, directory: string): Promise<boolean> {
  const branch = await run(['symbolic-ref', '--quiet', 'HEAD'], directory, MAX_SHORT);
  if (branch.type === 'failed') return false;
  if (branch.code > 1) return true;
  const name = branch.out.toString('utf8').trim();
  const listed = await run(['for-each-ref', '--format=%(refname)', '--', name], directory, MAX_SHORT);
  return listed.type === 'ended' && /broken ref/i.test(listed.error);
}

function ambiguous(reason: string, full: string): Unknown {
  return { type: 'unknown', reason, advice: `give the full name, such as ${full}`, isAmbiguous: true };
}
