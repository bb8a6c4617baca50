import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import { isWithin, joinUri, nameOf, parentUri, relativeUri, type Uri } from '../core/text/uri.ts';
import type { FileStore } from './file-store.ts';
import type { AbortSignalLike, FilesPort } from './ports.ts';

/** A directory with the files in it that the product knows. */
export interface WalkedDirectory {
  readonly uri: Uri;
  readonly fileNames: ReadonlySet<string>;
}

export interface WalkOptions {
  readonly store: FileStore;
  readonly files: FilesPort;
  /** The outermost folder: .gitignore and configuration files above `folder` count up to here. */
  readonly bound: Uri;
  /** How many levels below `folder` to go; undefined for all. */
  readonly depth: number | undefined;
  readonly onDirectory?: (count: number) => void;
  readonly signal?: AbortSignalLike | undefined;
}

/** Directories of package managers and version control that hold nobody's own manifests. */
const NEVER_ENTERED = new Set(['node_modules', '.git', '.hg', '.svn', 'bower_components']);
const MOST_DIRECTORIES = 200_000;

/**
 * The directories below a folder, the folder first, parents before children, siblings by name. Leaves out what no
 * project of the user is in: node_modules, .git, .yarn/cache, git-ignored paths and those that the nearest
 * configuration file excludes. Reads .gitignore and `dependency-hygiene.json` on the way.
 */
export async function* walkFolder(folder: Uri, options: WalkOptions): AsyncIterable<WalkedDirectory> {
  const outer = await filtersAbove(folder, options);
  const queue: { uri: Uri; depth: number; filters: readonly Filter[] }[] = [{ uri: folder, depth: 0, filters: outer }];
  let count = 0;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (options.signal?.aborted === true || count > MOST_DIRECTORIES) return;
    const items = await options.files.list(next.uri);
    if (items === undefined) continue;
    options.onDirectory?.(++count);
    const fileNames = new Set<string>();
    for (const item of items) if (item.type === 'file') fileNames.add(item.name);
    const filters = [...next.filters, ...(await filtersOf(next.uri, fileNames, options.store))];
    for (const name of [...fileNames]) {
      if (isFiltered(filters, joinUri(next.uri, name), false)) fileNames.delete(name);
    }
    yield { uri: next.uri, fileNames };
    if (options.depth !== undefined && next.depth >= options.depth) continue;
    for (let at = items.length - 1; at >= 0; at--) {
      const item = items[at]!;
      if (item.type !== 'directory' || isNeverEntered(next.uri, item.name)) continue;
      const uri = joinUri(next.uri, item.name);
      if (!isFiltered(filters, uri, true)) queue.push({ uri, depth: next.depth + 1, filters });
    }
  }
}

/** Whether a file lies where no project of the user is: asked for files that an editor opens. */
export async function isExcludedPath(uri: Uri, options: Pick<WalkOptions, 'store' | 'files' | 'bound'>): Promise<boolean> {
  const relative = relativeUri(options.bound, uri);
  if (relative.startsWith('..')) return relative.split('/').some((name) => NEVER_ENTERED.has(name));
  let directory = options.bound;
  let filters: Filter[] = [];
  const names = relative.split('/');
  for (let at = 0; at < names.length; at++) {
    const name = names[at]!;
    const last = at === names.length - 1;
    filters = [...filters, ...(await filtersOf(directory, undefined, options.store))];
    if (!last && isNeverEntered(directory, name)) return true;
    const child = joinUri(directory, name);
    if (isFiltered(filters, child, !last)) return true;
    directory = child;
  }
  return false;
}

function isNeverEntered(directory: Uri, name: string): boolean {
  return NEVER_ENTERED.has(name) || (name === 'cache' && nameOf(directory) === '.yarn');
}

/** One .gitignore or one `exclude` list: judges paths below its base. Directories end with a slash. */
interface Filter {
  readonly base: Uri;
  judge(path: string): 'out' | 'in' | undefined;
}

/** Filters of the folders above. Where they exclude the folder itself, it was asked for by name and they do not count. */
async function filtersAbove(folder: Uri, { store, bound }: WalkOptions): Promise<readonly Filter[]> {
  if (folder === bound || !isWithin(bound, folder)) return [];
  const directories: Uri[] = [];
  for (let at = parentUri(folder); ; at = parentUri(at)) {
    directories.unshift(at);
    if (at === bound || at === parentUri(at)) break;
  }
  const filters: Filter[] = [];
  for (const directory of directories) filters.push(...(await filtersOf(directory, undefined, store)));
  return isFiltered(filters, folder, true) ? [] : filters;
}

/** `fileNames` saves a read where the directory was listed; undefined where it was not. */
async function filtersOf(
  directory: Uri,
  fileNames: ReadonlySet<string> | undefined,
  store: FileStore,
): Promise<readonly Filter[]> {
  const filters: Filter[] = [];
  if (fileNames?.has('.gitignore') ?? true) {
    const read = await store.load(joinUri(directory, '.gitignore'));
    if (read.type === 'text') filters.push(gitIgnoreFilter(directory, read.text));
  }
  if (fileNames?.has(POLICY_FILE) ?? true) {
    const uri = joinUri(directory, POLICY_FILE);
    await store.load(uri);
    const policy = store.parsed('policy', uri, undefined);
    if (policy !== undefined && policy.exclude.length > 0) filters.push(excludeFilter(directory, policy.exclude));
  }
  return filters;
}

export const POLICY_FILE = 'dependency-hygiene.json';

function gitIgnoreFilter(base: Uri, text: string): Filter {
  let rules: Ignore | undefined;
  return {
    base,
    judge(path) {
      rules ??= ignore({ allowRelativePaths: true }).add(text);
      const { ignored, unignored } = rules.test(path);
      return ignored ? 'out' : unignored ? 'in' : undefined;
    },
  };
}

function excludeFilter(base: Uri, globs: readonly string[]): Filter {
  const matchers = globs.map((glob) => picomatch(glob.replace(/^\.?\//, ''), { dot: true }));
  return {
    base,
    // `test/fixtures/**` takes the folder itself too, so that it is not walked for nothing.
    judge: (path) => (matchers.some((match) => match(path) || (path.endsWith('/') && match(`${path}x`))) ? 'out' : undefined),
  };
}

/** The innermost filter that says anything decides, as git has it. */
function isFiltered(filters: readonly Filter[], uri: Uri, isDirectory: boolean): boolean {
  for (let at = filters.length - 1; at >= 0; at--) {
    const filter = filters[at]!;
    const path = relativeUri(filter.base, uri);
    const verdict = filter.judge(isDirectory ? `${path}/` : path);
    if (verdict !== undefined) return verdict === 'out';
  }
  return false;
}
