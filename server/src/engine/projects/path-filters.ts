import type { Policy } from '../../core/read/policy-file/policy.ts';
import { type GitIgnorePatterns, readGitIgnore } from '../../core/read/text/paths/git-ignore-patterns.ts';
import { compileGlob } from '../../core/read/text/paths/glob.ts';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { Span } from '../../core/read/text/span.ts';
import type { ReadReviewedPolicy } from '../base/reviewed-policies.ts';
import type { FileStore } from './file-store.ts';
import type { TrackedFiles } from './tracked-files.ts';

export const POLICY_FILE = 'dependency-hygiene.json';

/** One .gitignore, applied to paths below its folder. */
export interface GitFilter {
  readonly source: 'git';
  readonly base: Uri;
  judge(path: string, isDirectory: boolean, ignoreCase: boolean): 'out' | 'in' | undefined;
}

/** One `exclude` list. */
export interface ExcludeFilter {
  readonly source: 'exclude';
  readonly base: Uri;
  /** Returns the first glob that excludes the path. */
  excluding(path: string, isDirectory: boolean): ExcludingGlob | undefined;
}

export type PathFilter = GitFilter | ExcludeFilter;

/** An excluding glob, and the place where it is written. */
export interface ExcludingGlob {
  readonly glob: string;
  readonly uri: Uri;
  readonly span: Span;
}

export interface FilterSources {
  readonly store: FileStore;
  /** The outermost folder, to which the `exclude` globs of `policyFile` are relative. */
  readonly bound: Uri;
  /** A configuration file that replaces those in the folders. */
  readonly policyFile: Uri | undefined;
  /** The organisation's policy, whose `exclude` globs are then the only ones. */
  readonly lockedPolicy?: Uri | undefined;
  /** Undefined if git does not know the files, as in a virtual workspace. */
  readonly tracked?: TrackedFiles | undefined;
  /** The policies of the base of a change under review: only what both exclude is skipped. */
  readonly reviewedPolicy?: ReadReviewedPolicy | undefined;
}

/** Returns the filters defined in a directory. `fileNames`, given if the directory was listed, saves a read. */
export async function filtersIn(
  directory: Uri,
  fileNames: ReadonlySet<string> | undefined,
  { store, bound, policyFile, lockedPolicy, reviewedPolicy }: FilterSources,
): Promise<readonly PathFilter[]> {
  const filters: PathFilter[] = [];
  if (fileNames?.has('.gitignore') ?? true) {
    const read = await store.load(joinUri(directory, '.gitignore'));
    if (read.type === 'text' && read.text.length <= LARGEST_GIT_IGNORE)
      filters.push(gitIgnoreFilter(directory, read.text));
  }
  const own = fileNames?.has(POLICY_FILE) === false ? undefined : joinUri(directory, POLICY_FILE);
  const only = lockedPolicy ?? policyFile;
  const policyUri = only === undefined ? own : directory === bound ? only : undefined;
  if (policyUri !== undefined) {
    await store.load(policyUri);
    const policy = store.parsed('policy', policyUri, undefined);
    if (policy !== undefined && policy.exclude.length > 0) {
      const before = only === undefined ? await reviewedPolicy?.(policyUri) : undefined;
      const filterOf = ({ exclude, excludeSpans }: Policy) =>
        excludeFilter(directory, policyUri, exclude, excludeSpans);
      const filter = filterOf(policy);
      if (before === undefined) filters.push(filter);
      else if (before !== 'absent') filters.push(bothOf(filter, filterOf(before)));
    }
  }
  return filters;
}

/** A larger .gitignore is ignored, as its patterns would be matched against every path. */
const LARGEST_GIT_IGNORE = 512 * 1024;

/** Returns the glob that excludes the path; any list may do so. */
export function excludingGlob(
  filters: readonly PathFilter[],
  uri: Uri,
  isDirectory: boolean,
): ExcludingGlob | undefined {
  for (const filter of filters) {
    const found =
      filter.source === 'exclude' ? filter.excluding(pathIn(filter, uri), isDirectory) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Checks whether git ignores the path, tracked or not, given that it ignores none of the folders around it. The
 * innermost .gitignore that matches decides. Case sensitivity is looked up only if it matters.
 */
export async function isIgnored(
  filters: readonly PathFilter[],
  uri: Uri,
  isDirectory: boolean,
  sources: FilterSources,
): Promise<boolean> {
  const exactly = isIgnoredBy(filters, uri, isDirectory, false);
  const anyCase = isIgnoredBy(filters, uri, isDirectory, true);
  if (!exactly && !anyCase) return false;
  const index = await sources.tracked?.around(uri, sources);
  return index?.ignoresCase === true ? anyCase : exactly;
}

/** Checks whether git tracks the file, or project files in the directory: then it counts, ignored or not. */
export async function isTracked(uri: Uri, isDirectory: boolean, sources: FilterSources): Promise<boolean> {
  const index = await sources.tracked?.around(uri, sources);
  return index?.tracks(uri, isDirectory) === true;
}

/** Checks the .gitignore files alone. */
export function isIgnoredBy(
  filters: readonly PathFilter[],
  uri: Uri,
  isDirectory: boolean,
  ignoreCase: boolean,
): boolean {
  for (let at = filters.length - 1; at >= 0; at--) {
    const filter = filters[at]!;
    if (filter.source !== 'git') continue;
    const verdict = filter.judge(pathIn(filter, uri), isDirectory, ignoreCase);
    if (verdict !== undefined) return verdict === 'out';
  }
  return false;
}

/** Returns the relative path by length alone, for speed: it runs for every path and every filter above it. */
function pathIn({ base }: PathFilter, uri: Uri): string {
  const path = uri.slice(base.endsWith('/') ? base.length : base.length + 1);
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function gitIgnoreFilter(base: Uri, text: string): GitFilter {
  let exactly: GitIgnorePatterns | undefined;
  let anyCase: GitIgnorePatterns | undefined;
  return {
    source: 'git',
    base,
    judge(path, isDirectory, ignoreCase) {
      if (ignoreCase) {
        anyCase ??= readGitIgnore(text, true);
        return anyCase.judge(path, isDirectory);
      }
      exactly ??= readGitIgnore(text, false);
      return exactly.judge(path, isDirectory);
    },
  };
}

/** Excludes what both filters do, and reports the globs of the first. */
function bothOf(filter: ExcludeFilter, other: ExcludeFilter): ExcludeFilter {
  return {
    ...filter,
    excluding: (path, isDirectory) =>
      other.excluding(path, isDirectory) === undefined ? undefined : filter.excluding(path, isDirectory),
  };
}

function excludeFilter(base: Uri, uri: Uri, globs: readonly string[], spans: readonly Span[]): ExcludeFilter {
  // A duplicate glob excludes nothing more.
  const firsts = new Map<string, ExcludingGlob>();
  globs.forEach((glob, at) => {
    if (!firsts.has(glob)) firsts.set(glob, { glob, uri, span: spans[at]! });
  });
  const compiled = [...firsts.values()].flatMap((place) => {
    const glob = compileGlob(place.glob, { dot: true });
    return glob === undefined ? [] : [{ place, glob }];
  });
  return {
    source: 'exclude',
    base,
    // `test/fixtures/**` excludes the folder itself too, so that it is not walked for nothing.
    excluding(path, isDirectory) {
      const found = compiled.find(
        ({ glob }) => glob.matches(path) || (isDirectory && glob.matches(`${path}/x`)),
      );
      return found?.place;
    },
  };
}
