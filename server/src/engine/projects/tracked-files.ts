import { isWithin, joinUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { ClockPort, GitIndex, GitPort } from '../ports.ts';
import type { FileStore } from './file-store.ts';
import { isSourceName } from './project-files.ts';

/** The manifests and lockfiles of one repository in git's index. */
export interface IndexedFiles {
  /** Whether git treats names that differ only in case as one. */
  readonly ignoresCase: boolean;
  /** Checks whether git tracks the file, or project files in the directory. */
  tracks(uri: Uri, isDirectory: boolean): boolean;
}

/** The files that git tracks, which count whatever a .gitignore says. */
export interface TrackedFiles {
  /** Returns the index of the repository that contains the path; undefined without one or if git cannot be run. */
  around(
    uri: Uri,
    place: { readonly store: FileStore; readonly bound: Uri },
  ): Promise<IndexedFiles | undefined>;
  /** Returns why git could not be asked about ignored paths: a clause per repository folder. */
  failures(): ReadonlyMap<Uri, string>;
}

/** How long an answer is cached. A walk asks thousands of times, and a watching process never ends. */
const FRESH_MS = 5000;

/** Asks git when something is ignored, and caches the answer for some seconds. */
export function createTrackedFiles(git: GitPort, clock: ClockPort): TrackedFiles {
  const known = new Map<Uri, { readonly asOf: number; readonly files: Promise<IndexedFiles | undefined> }>();
  const failures = new Map<Uri, string>();

  let folders = new Map<Uri, Promise<boolean>>();
  let foldersAsOf = 0;

  /**
   * Returns the innermost folder around the path that is a repository of its own, or else the bound, which may lie in
   * one.
   */
  async function repositoryAround(uri: Uri, store: FileStore, bound: Uri): Promise<Uri> {
    for (let at = parentUri(uri); at !== bound && isWithin(bound, at); at = parentUri(at)) {
      const isRepository =
        folders.get(at) ??
        store.list(at).then((items) => items?.some(({ name }) => name === '.git') === true);
      folders.set(at, isRepository);
      if (await isRepository) return at;
    }
    return bound;
  }

  async function ask(repository: Uri): Promise<IndexedFiles | undefined> {
    const index = await git.indexBelow?.(repository, isSourceName);
    failures.delete(repository);
    if (index?.type === 'unknown') failures.set(repository, index.reason);
    return index?.type === 'index' ? indexedFiles(index) : undefined;
  }

  return {
    failures: () => failures,
    async around(uri, { store, bound }) {
      const now = clock.now();
      if (Math.abs(now - foldersAsOf) >= FRESH_MS) {
        folders = new Map();
        foldersAsOf = now;
      }
      const repository = await repositoryAround(uri, store, bound);
      const before = known.get(repository);
      if (before !== undefined && Math.abs(now - before.asOf) < FRESH_MS) return before.files;
      const files = ask(repository).catch(() => undefined);
      known.set(repository, { asOf: now, files });
      return files;
    },
  };
}

function indexedFiles({ files, modules, ignoresCase }: GitIndex & { readonly type: 'index' }): IndexedFiles {
  const spelt = (uri: Uri) => (ignoresCase ? uri.toLowerCase() : uri);
  const tracked = new Set(files.map(spelt));
  const folders = new Set<Uri>();
  for (const uri of [...files, ...modules.map((module) => joinUri(module, 'package.json'))]) {
    for (let at = parentUri(spelt(uri)); !folders.has(at) && at !== parentUri(at); at = parentUri(at))
      folders.add(at);
  }
  return {
    ignoresCase,
    tracks: (uri, isDirectory) => (isDirectory ? folders : tracked).has(spelt(uri)),
  };
}
