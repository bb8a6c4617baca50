import { stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { repositoryOf } from './git-folders.ts';
import { MAX_LIST, type RunGit } from './git-items.ts';
import type { GitRun } from './git-run.ts';

/** The output of `ls-tree -r -z` for a commit in a folder. */
export interface TreeListing {
  readonly repository: string;
  readonly directory: string;
  readonly commit: string;
  readonly out: Buffer;
}

/** Larger listings would stay in memory for little. */
const MAX_KEPT = 8 * 1024 * 1024;

/** Lists the files of commits and of the index. The latest listing of each is kept. */
export interface Listings {
  /** Runs `ls-tree -r -z`. */
  ofCommit(commit: string, directory: string): Promise<GitRun>;
  /** Runs `ls-files --cached --stage -z`, unless the file of the index is still the same. */
  ofIndex(directory: string): Promise<GitRun>;
  /** Returns what `lineOf` does; undefined if the latest listing is of another commit or repository. */
  lineOf(commit: string, directory: string, path: string): Promise<string | undefined>;
  forget(): void;
}

export function createListings(run: RunGit): Listings {
  let tree: TreeListing | undefined;
  let index: { readonly directory: string; readonly state: string; readonly listed: GitRun } | undefined;
  return {
    async ofCommit(commit, directory) {
      if (tree?.commit === commit && tree.directory === directory)
        return { type: 'ended', code: 0, out: tree.out, error: '' };
      const listed = await run(['ls-tree', '-r', '-z', commit], directory, MAX_LIST);
      if (isKept(listed)) {
        const repository = await repositoryOf(directory);
        tree = { repository, directory, commit, out: listed.out };
      }
      return listed;
    },
    async ofIndex(directory) {
      const state = await stateOfIndex(directory);
      if (state !== undefined && index?.state === state && index.directory === directory) return index.listed;
      const listed = await run(['ls-files', '--cached', '--stage', '-z'], directory, MAX_LIST);
      index = state !== undefined && isKept(listed) ? { directory, state, listed } : undefined;
      return listed;
    },
    async lineOf(commit, directory, path) {
      return tree?.commit === commit && tree.repository === (await repositoryOf(directory))
        ? lineOf(tree, path)
        : undefined;
    },
    forget() {
      tree = undefined;
      index = undefined;
    },
  };
}

function isKept(listed: GitRun): listed is GitRun & { readonly type: 'ended' } {
  return listed.type === 'ended' && listed.code === 0 && listed.out.length <= MAX_KEPT;
}

/** Returns what is different after each write, as git replaces the file; undefined where it is somewhere else. */
async function stateOfIndex(directory: string): Promise<string | undefined> {
  const path = join(await repositoryOf(directory), '.git', 'index');
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && [found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ');
}

/**
 * Returns the line of a file, or an empty text if the commit has neither a file nor a folder there. Undefined if the
 * listing does not say.
 */
export function lineOf({ directory, out }: TreeListing, path: string): string | undefined {
  const below = relative(directory, path).split(sep).join('/');
  // git may normalize other characters in its arguments.
  if (below === '' || below.startsWith('../') || !/^[\x20-\x7e]+$/.test(below)) return undefined;
  const at = out.indexOf(`\t${below}\0`);
  if (at !== -1) return out.toString('utf8', out.lastIndexOf(0, at) + 1, at + 1 + below.length);
  return out.includes(`\t${below}/`) ? undefined : '';
}
