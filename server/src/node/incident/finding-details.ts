import { projectInstalls } from '../../core/judge/automation/installing-jobs.ts';
import type { LockedVersion } from '../../core/know/incident/find-bad-entries.ts';
import { type LockedCopy, lockedCopy } from '../../core/know/incident/locked-copy.ts';
import { automationSystemOf } from '../../core/read/automation/automation.ts';
import { writerOf } from '../../core/read/lockfile/writer-of.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import type { InstallingJob } from '../../core/show/report/incident/incident-report.ts';
import { loadConfigReaders } from '../../engine/projects/config-readers.ts';
import { createFileModels } from '../../engine/projects/file-models.ts';
import { ITEM, LINK } from '../git/git-items.ts';
import { readObjects } from '../git/git-objects.ts';
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

const MAX_LIST = 150 * 1024 * 1024;
/** Workflows and the like that are read of a commit. */
const MOST_FILES = 200;
const ROOT = 'file:///repository';

/** Returns the details by `name@version`; undefined if the files of the commit cannot be read. */
export async function detailsIn(
  git: RepositoryGit,
  { commit, path, versions }: DetailsAsked,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FindingDetails> | undefined> {
  if (path.includes('\n')) return undefined;
  const listed = await filesAt(git, commit);
  const folder = folderOf(path);
  const folders = new Set([...listed.keys()].filter(isOwnLockfile).map(folderOf));
  const manifestFiles = manifestPaths(folder, listed.keys(), folders);
  const automation = automationIn(listed.keys());
  const paths = [...manifestFiles, ...automation];
  const texts = new Map<string, string>();
  let bytes = undefined as Buffer | undefined;
  let next = -1;
  const start = () => git.start(['cat-file', '--batch', '--buffer'], 'pipe');
  const objects = [`${commit}:${path}`, ...paths.map((each) => listed.get(each)!)];
  await readObjects(objects, { start, maxBytes: MAX_LOCKFILE, signal }, ({ content }) => {
    const file = paths[next++];
    if (file === undefined) bytes = content === undefined ? undefined : Buffer.from(content);
    else if (content !== undefined) texts.set(file, content.toString('utf8'));
  });
  const lockfile = bytes === undefined ? undefined : lockfileFrom(bytes, path);
  if (lockfile === undefined) return undefined;
  const jobs =
    listed.size === 0
      ? undefined
      : await jobsOf(
          automation.map((file) => ({ path: file, text: texts.get(file) ?? '' })),
          writerOf(lockfile).name,
        );
  const manifests = manifestsIn(lockfile, relativeTexts(folder, manifestFiles, texts));
  return new Map(
    versions.map((version) => [
      `${version.name}@${version.version}`,
      { copy: lockedCopy(lockfile, version, manifests), jobs },
    ]),
  );
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

/** Returns the objects of the files of a commit, by path; empty if they cannot be listed. */
async function filesAt(git: RepositoryGit, commit: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const listed = await git.run(['ls-tree', '-r', '-z', '--full-tree', commit], MAX_LIST);
  if (listed.type === 'failed' || listed.code !== 0) return files;
  for (const line of listed.out.toString('utf8').split('\0')) {
    const item = ITEM.exec(line);
    if (item !== null && item[1] !== LINK && item[2] === 'blob')
      files.set(line.slice(item[0].length), item[3]!);
  }
  return files;
}

function automationIn(paths: Iterable<string>): readonly string[] {
  const found: string[] = [];
  for (const path of paths) {
    if (found.length >= MOST_FILES) break;
    if (/(?:^|\/)node_modules\//.test(path)) continue;
    if (automationSystemOf(joinUri(ROOT, path)) !== undefined) found.push(path);
  }
  return found;
}

const MOST_JOBS = 50;

async function jobsOf(
  files: readonly { readonly path: string; readonly text: string }[],
  manager: string,
): Promise<readonly InstallingJob[]> {
  await loadConfigReaders();
  const models = createFileModels();
  const jobs = files.flatMap(({ path, text }) => {
    const uri = joinUri(ROOT, path);
    const file = models.parsed('automation', { uri, text }, automationSystemOf(uri)!);
    return file === undefined ? [] : projectInstalls(file, manager).map((install) => ({ path, ...install }));
  });
  return jobs.slice(0, MOST_JOBS);
}
