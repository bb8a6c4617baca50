import { AUDIT_FILES } from '../../core/read/policy-file/import/audit-ignores.ts';
import {
  isWithin,
  joinUri,
  nameOf,
  parentUri,
  relativeUri,
  type Uri,
} from '../../core/read/text/paths/uri.ts';
import type { AbortSignalLike, DirectoryItem } from '../ports.ts';
import {
  type ExcludingGlob,
  excludingGlob,
  type FilterSources,
  filtersIn,
  isIgnored,
  isIgnoredBy,
  isTracked,
  type PathFilter,
} from './path-filters.ts';
import { isSourceName } from './project-files.ts';
import { CONFIGURATION_NAMES } from './read-configuration.ts';

/** A directory with its files that would be read and that the configuration does not exclude. */
export interface WalkedDirectory {
  readonly uri: Uri;
  readonly fileNames: ReadonlySet<string>;
  /**
   * Manifests and lockfiles among `fileNames` that git ignores and does not track: package managers read them all the
   * same.
   */
  readonly ignoredNames: ReadonlySet<string>;
  /** Whether it is, or lies in, a link to a folder that is walked at its own place as well. */
  readonly isLinked: boolean;
  /** Whether it exists but cannot be read, so that its content is unknown. */
  readonly isUnread: boolean;
  /** Whether it is a link to a folder elsewhere, of which nothing is read: that matters where members would lie in it. */
  readonly isOutside?: true;
  /**
   * Whether its package.json is not a file, or it is itself a link to elsewhere, which matters if a package manager
   * reads it.
   */
  readonly isUnfollowed?: true;
}

/** A manifest, lockfile or configuration file that the configuration excludes, and the glob that does. */
export interface ExcludedFile {
  readonly uri: Uri;
  readonly by: ExcludingGlob;
}

export interface WalkOptions extends FilterSources {
  /** The number of levels below `folder`; undefined for all. */
  readonly depth: number | undefined;
  readonly onDirectory?: (count: number) => void;
  /**
   * Called for each excluded manifest, lockfile and configuration file. Excluded directories are walked only for this.
   */
  readonly onExcluded?: ((file: ExcludedFile) => void) | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

interface Waiting {
  readonly uri: Uri;
  readonly depth: number;
  readonly filters: readonly PathFilter[];
  /** Whether git ignores it: then only tracked files in it count. */
  readonly isIgnored: boolean;
  readonly isLinked: boolean;
  readonly excludedBy: ExcludingGlob | undefined;
}

/** Directories without a user's own manifests, tracked or not: those of package managers, and git's own. */
const NEVER_ENTERED = new Set(['node_modules', '.git']);
/** Directories of other version control and of Bower, which contain nothing of a project unless git tracks it. */
const ENTERED_IF_TRACKED = new Set(['.hg', '.svn', 'bower_components']);
const NONE: ReadonlySet<string> = new Set();
const MANIFEST: ReadonlySet<string> = new Set(['package.json']);

/**
 * Yields the directories below a folder, the folder first, parents before children, siblings by name. Skips those
 * without projects of the user: node_modules, .git, .yarn/cache, what git ignores and does not track, and what a
 * configuration file excludes. Reads .gitignore and `dependency-hygiene.json` as it goes.
 */
export async function* walkFolder(folder: Uri, options: WalkOptions): AsyncIterable<WalkedDirectory> {
  const filters = await filtersAbove(folder, options);
  const first = { uri: folder, depth: 0, filters, isIgnored: false, isLinked: false, excludedBy: undefined };
  const queue: Waiting[] = [first];
  let count = 0;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (options.signal?.aborted === true) return;
    const items = await options.store.list(next.uri);
    if (items === undefined) {
      // The listing of the parent folder contains it.
      const isThere = next.uri !== folder && next.excludedBy === undefined;
      const unread = { uri: next.uri, isLinked: next.isLinked, isUnread: true } as const;
      if (isThere) yield { ...unread, fileNames: NONE, ignoredNames: NONE };
      continue;
    }
    options.onDirectory?.(++count);
    const isUnfollowed = items.some(({ type, name }) => type === 'unfollowed' && name === 'package.json');
    const isFile = ({ type, name }: DirectoryItem) =>
      type === 'file' || (type === 'unfollowed' && name === 'package.json');
    const names = new Set(items.filter(isFile).map(({ name }) => name));
    const own = await filtersIn(next.uri, names, options);
    const here = own.length === 0 ? next : { ...next, filters: [...next.filters, ...own] };
    const judged = await judgedNames(here, names, options);
    const { uri, isLinked } = next;
    if (next.excludedBy === undefined)
      yield { uri, isLinked, ...judged, isUnread: false, ...(isUnfollowed ? { isUnfollowed } : {}) };
    if (options.depth !== undefined && next.depth >= options.depth) continue;
    for (let at = items.length - 1; at >= 0; at--) {
      const { type, name, isLink } = items[at]!;
      if (type === 'file' || (type === 'unfollowed' && name === 'package.json')) continue;
      if (await isLeftOut(next.uri, name, options)) continue;
      const below = await entered(joinUri(next.uri, name), here, options);
      if (below === undefined) continue;
      const link = { uri: below.uri, ignoredNames: NONE, isLinked: true, isUnread: false } as const;
      if (type === 'directory') queue.push(isLink === true ? { ...below, isLinked: true } : below);
      else if (below.excludedBy !== undefined || below.isIgnored) continue;
      else if (type === 'outside') yield { ...link, fileNames: NONE, isOutside: true };
      else yield { ...link, fileNames: MANIFEST, isUnfollowed: true };
    }
  }
}

/** Returns the directory to walk; undefined if it is skipped. */
async function entered(uri: Uri, above: Waiting, options: WalkOptions): Promise<Waiting | undefined> {
  const excludedBy = above.excludedBy ?? excludingGlob(above.filters, uri, true);
  if (excludedBy !== undefined && options.onExcluded === undefined) return undefined;
  const ignored = above.isIgnored || (await isIgnored(above.filters, uri, true, options));
  if (!ignored) return { ...above, uri, depth: above.depth + 1, isIgnored: false, excludedBy };
  if (!(await isTracked(uri, true, options))) return undefined;
  return { ...above, uri, depth: above.depth + 1, isIgnored: true, excludedBy };
}

async function judgedNames(
  { uri: directory, filters, isIgnored: isFolderIgnored, excludedBy }: Waiting,
  names: ReadonlySet<string>,
  options: WalkOptions,
): Promise<Pick<WalkedDirectory, 'fileNames' | 'ignoredNames'>> {
  if (filters.length === 0) return { fileNames: names, ignoredNames: NONE };
  const fileNames = new Set<string>();
  const ignoredNames = new Set<string>();
  for (const name of names) {
    const isSource = isSourceName(name);
    if (!isSource && !isReadName(name)) {
      if (excludedBy === undefined) fileNames.add(name);
      continue;
    }
    const uri = joinUri(directory, name);
    const by = excludedBy ?? excludingGlob(filters, uri, false);
    const ignored =
      isSource &&
      (isFolderIgnored || (await isIgnored(filters, uri, false, options))) &&
      !(await isTracked(uri, false, options));
    if (by !== undefined) {
      if ((isSource && !ignored) || CONFIGURATION_NAMES.has(name)) options.onExcluded?.({ uri, by });
      continue;
    }
    fileNames.add(name);
    if (ignored) ignoredNames.add(name);
  }
  return { fileNames, ignoredNames };
}

/** The manifests that pnpm reads in a folder without a package.json. */
export const PNPM_MANIFESTS: readonly string[] = ['package.json5', 'package.yaml'];

/** Checks whether files of that name are read, so that excluding one makes a difference. */
function isReadName(name: string): boolean {
  const isRead = CONFIGURATION_NAMES.has(name) || name === '.gitignore' || AUDIT_FILES.has(name);
  return isRead || PNPM_MANIFESTS.includes(name);
}

/** Checks whether a folder lies among those of Bower, which npm and Yarn accept as members if workspaces claim them. */
export function isOfBower(uri: Uri, bound: Uri): boolean {
  return isWithin(bound, uri) && relativeUri(bound, uri).split('/').includes('bower_components');
}

/** Checks whether a file lies where no project of the user is. Called for files that an editor opens. */
export async function isExcludedPath(uri: Uri, options: FilterSources): Promise<boolean> {
  const { bound } = options;
  if (!isWithin(bound, uri))
    return uri.split('/').some((name) => NEVER_ENTERED.has(name) || ENTERED_IF_TRACKED.has(name));
  const names = relativeUri(bound, uri).split('/');
  let directory = bound;
  let filters: readonly PathFilter[] = [];
  let isFolderIgnored = false;
  for (const [at, name] of names.entries()) {
    const isLast = at === names.length - 1;
    const child = joinUri(directory, name);
    if (!isLast && (await isLeftOut(directory, name, options))) return true;
    filters = [...filters, ...(await filtersIn(directory, undefined, options))];
    if (excludingGlob(filters, child, !isLast) !== undefined) return true;
    if (!isLast) {
      isFolderIgnored ||= await isIgnored(filters, child, true, options);
      if (isFolderIgnored && !(await isTracked(child, true, options))) return true;
    } else if (name === 'package.json') {
      // Package managers read a file that git ignores by its own name, such as an .npmrc or a lockfile, all the same.
      const ignored = isFolderIgnored || (await isIgnored(filters, child, false, options));
      return ignored && !(await isTracked(child, false, options));
    }
    directory = child;
  }
  return false;
}

/**
 * Checks whether a directory is skipped. Yarn's cache contains only archives, unless git tracks a manifest or lockfile
 * in it.
 */
async function isLeftOut(directory: Uri, name: string, sources: FilterSources): Promise<boolean> {
  if (NEVER_ENTERED.has(name)) return true;
  if (!ENTERED_IF_TRACKED.has(name) && !(name === 'cache' && nameOf(directory) === '.yarn')) return false;
  return !(await isTracked(joinUri(directory, name), true, sources));
}

/**
 * Returns the filters of the folders above. One that excludes the folder itself does not count, as the user asked for
 * it by name.
 */
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
  const passed = [...directories.slice(1), folder];
  return filters.filter((filter) => {
    const below = passed.filter((uri) => uri !== filter.base && isWithin(filter.base, uri));
    return !below.some((uri) =>
      filter.source === 'exclude'
        ? excludingGlob([filter], uri, true) !== undefined
        : isIgnoredBy([filter], uri, true, false),
    );
  });
}
