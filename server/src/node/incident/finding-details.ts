import { projectInstalls } from '../../core/judge/automation/installing-jobs.ts';
import type { LockedVersion } from '../../core/know/incident/find-bad-entries.ts';
import { type LockedCopy, lockedCopy } from '../../core/know/incident/locked-copy.ts';
import { automationSystemOf } from '../../core/read/automation/automation.ts';
import { writerOf } from '../../core/read/lockfile/writer-of.ts';
import type { Manifest } from '../../core/read/manifest/manifest.ts';
import { readManifest } from '../../core/read/manifest/read-manifest.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import type { InstallingJob } from '../../core/show/report/incident/incident-report.ts';
import { loadConfigReaders } from '../../engine/projects/config-readers.ts';
import { createFileModels } from '../../engine/projects/file-models.ts';
import { ITEM, LINK } from '../git/git-items.ts';
import { readObjects } from '../git/git-objects.ts';
import { lockfileFrom } from './judge-lockfile.ts';
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
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const automation = await automationAt(git, commit);
  const names = [`${commit}:${path}`, `${commit}:${folder}package.json`];
  const files: Buffer[] = [];
  const start = () => git.start(['cat-file', '--batch', '--buffer'], 'pipe');
  const objects = [...names, ...(automation ?? []).map(({ object }) => object)];
  await readObjects(objects, { start, maxBytes: MAX_LOCKFILE, signal }, ({ content }) =>
    files.push(content === undefined ? Buffer.alloc(0) : Buffer.from(content)),
  );
  const [bytes, manifestBytes, ...texts] = files;
  const lockfile = bytes === undefined || bytes.length === 0 ? undefined : lockfileFrom(bytes, path);
  if (lockfile === undefined) return undefined;
  const jobs =
    automation === undefined
      ? undefined
      : await jobsOf(
          automation.map((file, at) => ({ path: file.path, text: texts[at]?.toString('utf8') ?? '' })),
          writerOf(lockfile).name,
        );
  const manifest = manifestFrom(manifestBytes?.toString('utf8'));
  return new Map(
    versions.map((version) => [
      `${version.name}@${version.version}`,
      { copy: lockedCopy(lockfile, version, manifest), jobs },
    ]),
  );
}

/** Reads a manifest; undefined if there is none. */
export function manifestFrom(text: string | undefined): Manifest | undefined {
  return text === undefined || text === '' ? undefined : readManifest(`${ROOT}/package.json`, text);
}

interface AutomationFile {
  readonly path: string;
  readonly object: string;
}

async function automationAt(
  git: RepositoryGit,
  commit: string,
): Promise<readonly AutomationFile[] | undefined> {
  const listed = await git.run(['ls-tree', '-r', '-z', '--full-tree', commit], MAX_LIST);
  if (listed.type === 'failed' || listed.code !== 0) return undefined;
  const found: AutomationFile[] = [];
  for (const line of listed.out.toString('utf8').split('\0')) {
    const item = ITEM.exec(line);
    if (item === null || item[1] === LINK || item[2] !== 'blob') continue;
    const path = line.slice(item[0].length);
    if (/(?:^|\/)node_modules\//.test(path) || found.length >= MOST_FILES) continue;
    if (automationSystemOf(joinUri(ROOT, path)) !== undefined) found.push({ path, object: item[3]! });
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
