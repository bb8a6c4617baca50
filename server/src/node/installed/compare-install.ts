import { basename, dirname, join, relative, sep } from 'node:path';
import { entryIndex } from '../../core/judge/installed/entry-index.ts';
import {
  type ComparedProject,
  type InstallEvidence,
  installStateOf,
} from '../../core/judge/installed/install-state-of.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import { recordOf } from '../../core/read/lockfile/record/lock-record.ts';
import type { InstallDifference, InstallState } from '../../core/read/project/install-state.ts';
import { installerOf } from '../../core/read/project/manager/installation.ts';
import type { Progress } from '../../engine/session.ts';
import { pathOf } from '../disk-files.ts';
import type { ArchiveSource } from './archives/archive.ts';
import { storeIndex } from './archives/store-index.ts';
import { contentCache, folderCache, namesIn } from './archives/tarball-caches.ts';
import { judgeZip, zipCache } from './archives/zip-cache.ts';
import { changedFiles } from './changed-files.ts';
import { readPnp } from './read-pnp.ts';
import { type WalkedPackage, walkInstalled } from './walk-installed.ts';

/** Where package managers keep archives on this machine. */
export interface CacheFolders {
  /** See `contentCache`. */
  readonly contents: string;
  /** See `folderCache`. */
  readonly folders: string;
  /** The project's own and the user's, see `zipCache`. */
  readonly zips: (root: string) => readonly string[];
}

/**
 * Compares all of node_modules with the lockfile, and the files of packages with archives on this machine. Undefined for a
 * project that cannot be compared.
 */
export async function compareInstall(
  compared: ComparedProject,
  folders: CacheFolders,
  progress: Progress,
): Promise<InstallState | undefined> {
  const { project } = compared;
  const root = pathOf(project.root);
  if (root === undefined || project.lockfile === undefined) return undefined;
  const walked = walkInstalled(
    root,
    [...project.members.values()].map(({ path }) => path),
  );
  const pnp = walked.packages.length > 0 ? undefined : await readPnp(root);
  const packages = pnp ?? walked.packages;
  const files = await compareFiles(packages, compared, await sourcesOf(root, folders), progress);
  return installStateOf(compared, { packages, gaps: walked.gaps }, files);
}

async function sourcesOf(root: string, folders: CacheFolders): Promise<readonly ArchiveSource[]> {
  const store = await storeIndex(root);
  return [
    ...(store === undefined ? [] : [store]),
    contentCache(folders.contents),
    zipCache(folders.zips(root)),
    folderCache(folders.folders),
  ];
}

async function compareFiles(
  packages: readonly WalkedPackage[],
  { project }: ComparedProject,
  sources: readonly ArchiveSource[],
  progress: Progress,
): Promise<Required<Pick<InstallEvidence, 'altered' | 'uncompared' | 'patched'>>> {
  const altered: InstallDifference[] = [];
  const uncompared = new Set<string>();
  const patched = new Set<string>();
  const entryOf = entryIndex(project.lockfile!, installerOf(project).installs.keysArePaths);
  const root = pathOf(project.root)!;
  const patches = namesIn(join(root, 'patches'));
  const done = new Set<string>();
  for (const [at, each] of packages.entries()) {
    progress.report('Comparing installed files:', at, packages.length);
    const entry = each.linkedTo === undefined ? entryOf(each) : undefined;
    if (entry === undefined || done.has(each.directory)) continue;
    done.add(each.directory);
    if (entry.bundled || isForOtherPlatform(entry)) continue;
    const begin = `${entry.name.replace('/', '+')}+`;
    if (recordOf(entry).details.patches.length > 0 || patches.some((name) => name.startsWith(begin))) {
      patched.add(entry.name);
      continue;
    }
    const found = { name: each.folder, version: each.version ?? null, path: each.path ?? null, locked: [] };
    const zip = /^(.*?\.zip)(?:[/\\]|$)/.exec(each.directory)?.[1];
    if (zip !== undefined) {
      const verdict = await judgeZip(zip, entry);
      const place = relative(root, dirname(zip)).split(sep).join('/');
      if (verdict === 'other')
        altered.push({ kind: 'altered', ...found, path: place, files: [basename(zip)] });
      if (verdict === 'unknown') uncompared.add(entry.name);
      continue;
    }
    let archive: Awaited<ReturnType<ArchiveSource['find']>>;
    for (const source of sources) archive ??= await source.find(entry, each.folder);
    const files = archive === undefined ? undefined : changedFiles(each.directory, archive);
    if (archive === undefined || files === undefined) uncompared.add(entry.name);
    else if (files.length === 0) continue;
    // A script of the package may have written them, or the one around it has its own copy.
    else if (archive.hasScripts || (each.isBrought && entry.key !== each.path)) uncompared.add(entry.name);
    else altered.push({ kind: 'altered', ...found, files });
  }
  return { altered, uncompared: [...uncompared].sort(), patched: [...patched].sort() };
}

/** Yarn locks no hash of what it does not install here, and leaves an empty package. */
function isForOtherPlatform({ os, cpu, libc, integrity, checksum }: LockEntry): boolean {
  return integrity === undefined && checksum === undefined && os.length + cpu.length + libc.length > 0;
}
