import { isWithin, joinUri, nameOf, parentUri, relativeUri, type Uri } from '../core/text/uri.ts';
import {
  type FilterSources,
  filtersIn,
  isExcludedBy,
  isFilteredBy,
  isIgnoredBy,
  type PathFilter,
} from './path-filters.ts';
import type { AbortSignalLike } from './ports.ts';

/** A directory with the files in it, those that the configuration excludes left out. */
export interface WalkedDirectory {
  readonly uri: Uri;
  readonly fileNames: ReadonlySet<string>;
  /** Those of `fileNames` that git ignores: package managers read them all the same. */
  readonly ignoredNames: ReadonlySet<string>;
  /** Whether it is there and cannot be read, so that nobody knows what is in it. */
  readonly isUnread: boolean;
}

export interface WalkOptions extends FilterSources {
  /** How many levels below `folder` to go; undefined for all. */
  readonly depth: number | undefined;
  readonly onDirectory?: (count: number) => void;
  readonly signal?: AbortSignalLike | undefined;
}

/** Directories of package managers and version control that hold nobody's own manifests. */
const NEVER_ENTERED = new Set(['node_modules', '.git', '.hg', '.svn', 'bower_components']);
const MOST_DIRECTORIES = 200_000;
const NONE: ReadonlySet<string> = new Set();

/**
 * The directories below a folder, the folder first, parents before children, siblings by name. Leaves out what no
 * project of the user is in: node_modules, .git, .yarn/cache, git-ignored paths and those that a configuration file
 * excludes. Reads .gitignore and `dependency-hygiene.json` on the way.
 */
export async function* walkFolder(folder: Uri, options: WalkOptions): AsyncIterable<WalkedDirectory> {
  const outer = await filtersAbove(folder, options);
  const queue: { uri: Uri; depth: number; filters: readonly PathFilter[] }[] = [
    { uri: folder, depth: 0, filters: outer },
  ];
  let count = 0;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (options.signal?.aborted === true || count > MOST_DIRECTORIES) return;
    const items = await options.store.list(next.uri);
    if (items === undefined) {
      // The folder above names it.
      const isThere = next.uri !== folder;
      if (isThere) yield { uri: next.uri, fileNames: NONE, ignoredNames: NONE, isUnread: true };
      continue;
    }
    options.onDirectory?.(++count);
    const names = new Set(items.filter(({ type }) => type === 'file').map(({ name }) => name));
    const own = await filtersIn(next.uri, names, options);
    const filters = own.length === 0 ? next.filters : [...next.filters, ...own];
    yield { uri: next.uri, ...judged(next.uri, names, filters), isUnread: false };
    if (options.depth !== undefined && next.depth >= options.depth) continue;
    for (let at = items.length - 1; at >= 0; at--) {
      const item = items[at]!;
      if (item.type !== 'directory' || isNeverEntered(next.uri, item.name)) continue;
      const uri = joinUri(next.uri, item.name);
      if (!isFilteredBy(filters, uri, true)) queue.push({ uri, depth: next.depth + 1, filters });
    }
  }
}

function judged(
  directory: Uri,
  names: ReadonlySet<string>,
  filters: readonly PathFilter[],
): Pick<WalkedDirectory, 'fileNames' | 'ignoredNames'> {
  if (filters.length === 0) return { fileNames: names, ignoredNames: NONE };
  const fileNames = new Set<string>();
  const ignoredNames = new Set<string>();
  for (const name of names) {
    const uri = joinUri(directory, name);
    if (isExcludedBy(filters, uri, false)) continue;
    fileNames.add(name);
    if (isIgnoredBy(filters, uri, false)) ignoredNames.add(name);
  }
  return { fileNames, ignoredNames };
}

/** Whether a file lies where no project of the user is: asked for files that an editor opens. */
export async function isExcludedPath(uri: Uri, options: FilterSources): Promise<boolean> {
  const { bound } = options;
  if (!isWithin(bound, uri)) return uri.split('/').some((name) => NEVER_ENTERED.has(name));
  const names = relativeUri(bound, uri).split('/');
  let directory = bound;
  let filters: readonly PathFilter[] = [];
  for (const [at, name] of names.entries()) {
    const isLast = at === names.length - 1;
    filters = [...filters, ...(await filtersIn(directory, undefined, options))];
    const child = joinUri(directory, name);
    if (!isLast && (isNeverEntered(directory, name) || isIgnoredBy(filters, child, true))) return true;
    // A file that git ignores by its own name, an .npmrc or a lockfile, is still what the manager reads.
    if (isLast && name === 'package.json' && isIgnoredBy(filters, child, false)) return true;
    if (isExcludedBy(filters, child, !isLast)) return true;
    directory = child;
  }
  return false;
}

function isNeverEntered(directory: Uri, name: string): boolean {
  return NEVER_ENTERED.has(name) || (name === 'cache' && nameOf(directory) === '.yarn');
}

/** Filters of the folders above. One that takes out the folder itself does not count, as it was asked for by name. */
async function filtersAbove(folder: Uri, options: WalkOptions): Promise<readonly PathFilter[]> {
  const { bound } = options;
  if (folder === bound || !isWithin(bound, folder)) return [];
  const directories: Uri[] = [];
  for (let at = parentUri(folder); ; at = parentUri(at)) {
    directories.unshift(at);
    if (at === bound || at === parentUri(at)) break;
  }
  const filters: PathFilter[] = [];
  for (const directory of directories) filters.push(...(await filtersIn(directory, undefined, options)));
  return filters.filter((filter) => !isFilteredBy([filter], folder, true));
}
