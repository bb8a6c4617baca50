import type { TreeFile } from '../git/git-trees.ts';
import { isOwnLockfile } from './lockfile-paths.ts';
import { folderOf, manifestPaths } from './member-manifests.ts';

/** A lockfile in a commit with which a version entered it. */
export interface EnteredLockfile {
  readonly path: string;
  readonly commit: string;
  readonly parent: string | undefined;
}

/** More manifests than these are no command to paste. */
const MOST_MANIFESTS = 10;

/**
 * Returns the paths that lead back to the state before a commit, if the lockfile was there: the lockfile, the package.json
 * beside it, and the other manifests of its project that the commit changed. A member that still declares the later version
 * would install it again. Undefined if there is no such state, or if it is not known.
 * @param listed the files of commits
 */
export function filesBefore(
  { path, commit, parent }: EnteredLockfile,
  listed: ReadonlyMap<string, readonly TreeFile[]>,
): readonly string[] | undefined {
  const [before, after] = [listed.get(parent ?? ''), listed.get(commit)];
  if (before === undefined || after === undefined) return undefined;
  const [old, now] = [objectsOf(before), objectsOf(after)];
  if (!old.has(path)) return undefined;
  const folder = folderOf(path);
  const folders = new Set([...old.keys()].filter(isOwnLockfile).map(folderOf));
  const beside = `${folder}package.json`;
  const manifests = manifestPaths(folder, old.keys(), folders).filter(
    (each) => now.has(each) && (each === beside || now.get(each) !== old.get(each)),
  );
  return manifests.length > MOST_MANIFESTS
    ? undefined
    : [path, ...manifests.sort((a, b) => Number(b === beside) - Number(a === beside))];
}

function objectsOf(files: readonly TreeFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, object }) => [path, object]));
}
