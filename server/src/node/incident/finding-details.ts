import { projectInstalls } from '../../core/judge/automation/installing-jobs.ts';
import type { LockedVersion } from '../../core/know/incident/find-bad-entries.ts';
import { type LockedCopy, lockedCopies } from '../../core/know/incident/locked-copy.ts';
import { automationSystemOf } from '../../core/read/automation/automation.ts';
import { writerOf } from '../../core/read/lockfile/writer-of.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import type { InstallingJob } from '../../core/show/report/incident/incident-report.ts';
import { loadConfigReaders } from '../../engine/projects/config-readers.ts';
import { createFileModels } from '../../engine/projects/file-models.ts';
import { objectIds, readObjects } from '../git/git-objects.ts';
import { filesOfTrees, isRegularFile, type TreeFile } from '../git/git-trees.ts';
import type { StoredObjects } from '../git/pack/stored-objects.ts';
import { listTree, treeOfCommit } from '../git/pack/stored-trees.ts';
import { lockfileFrom } from './judge-lockfile.ts';
import { isOwnLockfile } from './lockfile-paths.ts';
import { folderOf, manifestPaths, manifestsIn } from './member-manifests.ts';
import type { RepositoryGit } from './repository-git.ts';
import { MAX_LOCKFILE } from './working-tree.ts';

/** How a lockfile of a commit installs a version, and which jobs of that commit install the lockfile. */
export interface FindingDetails {
  readonly copy: LockedCopy;
  readonly jobs: readonly InstallingJob[] | undefined;
}

/** The bad versions of one lockfile in one commit. */
export interface DetailsAsked {
  readonly commit: string;
  readonly path: string;
  readonly versions: readonly LockedVersion[];
}

/** Workflows and the like that are read of a commit. */
const MOST_FILES = 200;
const ROOT = 'file:///repository';

/** Returns the details of each by `name@version`; empty if the lockfile cannot be read. All are asked of git at once. */
export async function detailsOf(
  git: RepositoryGit,
  stored: StoredObjects | undefined,
  asked: readonly DetailsAsked[],
  signal: AbortSignal,
): Promise<readonly ReadonlyMap<string, FindingDetails>[]> {
  const listed = await filesOfCommits(new Set(asked.map(({ commit }) => commit)), git, stored, signal);
  const wanted = asked.map((each) => wantedOf(each, listed.get(each.commit)));
  const names = wanted.flatMap(({ lockfile, manifests, automation }) => [
    lockfile,
    ...[...manifests, ...automation].map(({ object }) => object),
  ]);
  await loadConfigReaders();
  const jobsOf = createJobs();
  const found: ReadonlyMap<string, FindingDetails>[] = [];
  const texts = new Map<string, string>();
  let bytes: Buffer | undefined;
  let next = 0;
  const use = (content: Buffer | undefined) => {
    const each = wanted[found.length]!;
    const files = [...each.manifests, ...each.automation];
    if (next === 0) bytes = content === undefined ? undefined : Buffer.from(content);
    else if (content !== undefined) texts.set(files[next - 1]!.path, content.toString('utf8'));
    if (next++ < files.length) return;
    found.push(detailsIn(each, bytes, texts, jobsOf));
    texts.clear();
    bytes = undefined;
    next = 0;
  };
  let done = 0;
  for (const name of names) {
    const object = stored?.read(name, MAX_NEAR);
    if (object?.type !== 'blob') break;
    use(object.content);
    done++;
  }
  const start = () => git.start(['cat-file', '--batch', '--buffer'], 'pipe');
  await readObjects(names.slice(done), { start, maxBytes: MAX_LOCKFILE, signal }, ({ content }) =>
    use(content),
  );
  return found;
}

/** Larger texts are left to git. */
const MAX_NEAR = 32 * 1024 * 1024;

/** Lists the files that say how lockfiles are installed. A commit that cannot be listed whole is missing. */
export async function filesOfCommits(
  commits: Iterable<string>,
  git: RepositoryGit,
  stored: StoredObjects | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly TreeFile[]>> {
  const found = new Map<string, readonly TreeFile[]>();
  const others: string[] = [];
  for (const commit of commits) {
    const tree = stored === undefined ? undefined : treeOfCommit(stored, commit);
    const items = stored === undefined || tree === undefined ? undefined : listTree(stored, tree);
    if (items === undefined) others.push(commit);
    else
      found.set(
        commit,
        items.filter(({ mode, path }) => isRegularFile(mode) && isWanted(path)),
      );
  }
  if (others.length === 0) return found;
  const trees = await objectIds(
    others.map((commit) => `${commit}^{tree}`),
    () => git.start(['cat-file', '--batch-check'], 'pipe'),
  );
  const options = { start: git.start, signal, isWanted };
  const listed = await filesOfTrees(
    trees.filter((tree) => tree !== undefined),
    options,
  );
  for (const [at, commit] of others.entries()) {
    const files = listed.get(trees[at] ?? '');
    if (files !== undefined) found.set(commit, files);
  }
  return found;
}

/** The objects of a commit that say how a lockfile is installed. */
interface Wanted extends DetailsAsked {
  /** The name of the lockfile for git. */
  readonly lockfile: string;
  readonly manifests: readonly TreeFile[];
  /** Files of CI; those of a commit that cannot be listed are unknown. */
  readonly automation: readonly TreeFile[];
  readonly isListed: boolean;
}

function wantedOf(asked: DetailsAsked, listed: readonly TreeFile[] | undefined): Wanted {
  const { commit, path } = asked;
  const files = new Map(listed?.map((file) => [file.path, file]));
  const folders = new Set([...files.keys()].filter(isOwnLockfile).map(folderOf));
  const filesAt = (paths: readonly string[]) => paths.map((each) => files.get(each)!);
  return {
    ...asked,
    lockfile: files.get(path)?.object ?? `${commit}:${path}`,
    manifests: filesAt(manifestPaths(folderOf(path), files.keys(), folders)),
    automation: filesAt([...files.keys()].filter(isAutomation).slice(0, MOST_FILES)),
    isListed: listed !== undefined,
  };
}

function detailsIn(
  { path, versions, manifests, automation, isListed }: Wanted,
  bytes: Buffer | undefined,
  texts: ReadonlyMap<string, string>,
  jobsOf: Jobs,
): ReadonlyMap<string, FindingDetails> {
  const lockfile = bytes === undefined ? undefined : lockfileFrom(bytes, path);
  if (lockfile === undefined) return new Map();
  const jobs = isListed ? jobsOf(automation, texts, writerOf(lockfile).name) : undefined;
  const paths = manifests.map((file) => file.path);
  const own = manifestsIn(lockfile, relativeTexts(folderOf(path), paths, texts));
  const copies = lockedCopies(lockfile, versions, own);
  return new Map([...copies].map(([version, copy]) => [version, { copy, jobs }]));
}

/** Returns the texts of manifests by their folder, relative to that of the lockfile. */
export function relativeTexts(
  folder: string,
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap((file) => {
      const text = texts.get(file);
      return text === undefined
        ? []
        : [[folderOf(file).slice(folder.length).replace(/\/$/, ''), text] as const];
    }),
  );
}

function isWanted(path: string): boolean {
  return path.endsWith('package.json') || isOwnLockfile(path) || isAutomation(path);
}

function isAutomation(path: string): boolean {
  return !/(?:^|\/)node_modules\//.test(path) && automationSystemOf(joinUri(ROOT, path)) !== undefined;
}

const MOST_JOBS = 50;

type Jobs = (
  files: readonly TreeFile[],
  texts: ReadonlyMap<string, string>,
  manager: string,
) => readonly InstallingJob[];

/** Returns a function that reads the same files of CI once, as few commits change them. */
function createJobs(): Jobs {
  const models = createFileModels();
  const known = new Map<string, readonly InstallingJob[]>();
  return (files, texts, manager) => {
    const key = JSON.stringify([manager, ...files.map(({ path, object }) => [path, object])]);
    const jobs =
      known.get(key) ??
      files.flatMap(({ path }) => {
        const uri = joinUri(ROOT, path);
        const text = texts.get(path) ?? '';
        const file = models.parsed('automation', { uri, text }, automationSystemOf(uri)!);
        return file === undefined
          ? []
          : projectInstalls(file, manager).map((install) => ({ path, ...install }));
      });
    known.set(key, jobs);
    return jobs.slice(0, MOST_JOBS);
  };
}
