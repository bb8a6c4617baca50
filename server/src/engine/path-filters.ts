import ignore, { type Ignore } from 'ignore';
import { compileGlob } from '../core/text/glob.ts';
import { joinUri, relativeUri, type Uri } from '../core/text/uri.ts';
import type { FileStore } from './file-store.ts';

export const POLICY_FILE = 'dependency-hygiene.json';

/** One .gitignore or one `exclude` list: judges paths below its base. Directories end with a slash. */
export interface PathFilter {
  readonly base: Uri;
  readonly source: 'git' | 'exclude';
  judge(path: string): 'out' | 'in' | undefined;
}

export interface FilterSources {
  readonly store: FileStore;
  /** The outermost folder: the `exclude` globs of `policyFile` are relative to it. */
  readonly bound: Uri;
  /** A configuration file that is used instead of those in the folders. */
  readonly policyFile: Uri | undefined;
}

/**
 * The filters that stand in a directory. `fileNames` saves a read where the directory was listed; undefined where it
 * was not.
 */
export async function filtersIn(
  directory: Uri,
  fileNames: ReadonlySet<string> | undefined,
  { store, bound, policyFile }: FilterSources,
): Promise<readonly PathFilter[]> {
  const filters: PathFilter[] = [];
  if (fileNames?.has('.gitignore') ?? true) {
    const read = await store.load(joinUri(directory, '.gitignore'));
    if (read.type === 'text') filters.push(gitIgnoreFilter(directory, read.text));
  }
  const own = fileNames?.has(POLICY_FILE) === false ? undefined : joinUri(directory, POLICY_FILE);
  const policyUri = policyFile === undefined ? own : directory === bound ? policyFile : undefined;
  if (policyUri !== undefined) {
    await store.load(policyUri);
    const globs = store.parsed('policy', policyUri, undefined)?.exclude ?? [];
    if (globs.length > 0) filters.push(excludeFilter(directory, globs));
  }
  return filters;
}

/** Any list that excludes the path decides. */
export function isExcludedBy(filters: readonly PathFilter[], uri: Uri, isDirectory: boolean): boolean {
  return filters.some(
    (filter) => filter.source === 'exclude' && filter.judge(pathIn(filter, uri, isDirectory)) === 'out',
  );
}

/**
 * The innermost .gitignore that says anything decides, of a path whose folders are not ignored. Where one ignores the
 * folder too, an inner one took that back, and what it says below counts no longer.
 */
export function isIgnoredBy(filters: readonly PathFilter[], uri: Uri, isDirectory: boolean): boolean {
  for (let at = filters.length - 1; at >= 0; at--) {
    const filter = filters[at]!;
    if (filter.source !== 'git') continue;
    const path = pathIn(filter, uri, isDirectory);
    const verdict = filter.judge(path);
    if (verdict === 'in') return false;
    if (verdict === 'out' && !isFolderOut(filter, path)) return true;
  }
  return false;
}

function isFolderOut(filter: PathFilter, path: string): boolean {
  const slash = path.lastIndexOf('/', path.length - 2);
  return slash > 0 && filter.judge(path.slice(0, slash + 1)) === 'out';
}

export function isFilteredBy(filters: readonly PathFilter[], uri: Uri, isDirectory: boolean): boolean {
  return isExcludedBy(filters, uri, isDirectory) || isIgnoredBy(filters, uri, isDirectory);
}

function pathIn(filter: PathFilter, uri: Uri, isDirectory: boolean): string {
  const path = relativeUri(filter.base, uri);
  return isDirectory ? `${path}/` : path;
}

function gitIgnoreFilter(base: Uri, text: string): PathFilter {
  let rules: Ignore | undefined;
  return {
    base,
    source: 'git',
    judge(path) {
      rules ??= ignore({ allowRelativePaths: true }).add(text.split(/\r\n?|\n/).filter(isCheap));
      const { ignored, unignored } = rules.test(path);
      return ignored ? 'out' : unignored ? 'in' : undefined;
    },
  };
}

const LONGEST_LINE = 1000;
const MOST_STARS = 3;

/**
 * Lines become regular expressions that try every way to share a name among their stars. A line with more of them
 * than anybody needs is left out, so that no .gitignore makes the walk slow.
 */
function isCheap(line: string): boolean {
  if (line.length > LONGEST_LINE) return false;
  const names = line.split('/');
  if (names.filter((name) => /^\*{2,}$/.test(name)).length > MOST_STARS) return false;
  return names.every((name) => (name.match(/\*+/g) ?? []).length <= MOST_STARS);
}

function excludeFilter(base: Uri, globs: readonly string[]): PathFilter {
  const compiled = globs.map((glob) => compileGlob(glob, { dot: true })).filter((glob) => glob !== undefined);
  return {
    base,
    source: 'exclude',
    // `test/fixtures/**` takes the folder itself too, so that it is not walked for nothing.
    judge(path) {
      const isDirectory = path.endsWith('/');
      const bare = isDirectory ? path.slice(0, -1) : path;
      const matches = compiled.some(
        (glob) => glob.matches(bare) || (isDirectory && glob.matches(`${bare}/x`)),
      );
      return matches ? 'out' : undefined;
    },
  };
}
