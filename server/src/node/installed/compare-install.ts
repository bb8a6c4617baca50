import { basename, dirname, relative, sep } from 'node:path';
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
import { contentCache, folderCache } from './archives/tarball-caches.ts';
import { hasZipDigest, judgeZip, zipCache } from './archives/zip-cache.ts';
import { changedFiles } from './changed-files.ts';
import { patchFilesIn } from './patch-files.ts';
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

interface Sources {
  readonly all: readonly ArchiveSource[];
  /** Of these, what has the hashes of patched packages. */
  readonly zips: ArchiveSource;
}

async function sourcesOf(root: string, folders: CacheFolders): Promise<Sources> {
  const store = await storeIndex(root);
  const zips = zipCache(folders.zips(root));
  return {
    zips,
    all: [
      ...(store === undefined ? [] : [store]),
      contentCache(folders.contents),
      zips,
      folderCache(folders.folders),
    ],
  };
}

async function compareFiles(
  packages: readonly WalkedPackage[],
  { project }: ComparedProject,
  sources: Sources,
  progress: Progress,
): Promise<Required<Pick<InstallEvidence, 'altered' | 'uncompared' | 'patched'>>> {
  const altered: InstallDifference[] = [];
  const uncompared = new Set<string>();
  const patched = new Set<string>();
  const entriesOf = entryIndex(project.lockfile!, installerOf(project).installs.keysArePaths);
  const root = pathOf(project.root)!;
  const patches = patchFilesIn(root);
  const done = new Set<string>();
  for (const [at, each] of packages.entries()) {
    progress.report('Comparing installed files:', at, packages.length);
    const entries = each.linkedTo === undefined ? entriesOf(each) : [];
    const [entry] = entries;
    if (entry === undefined || done.has(each.directory)) continue;
    done.add(each.directory);
    if (entry.bundled || isForOtherPlatform(entry)) continue;
    if (isPatchedInPlace(entry)) {
      patched.add(entry.name);
      continue;
    }
    const found = { name: each.folder, version: each.version ?? null, path: each.path ?? null, locked: [] };
    const zip = /^(.*?\.zip)(?:[/\\]|$)/.exec(each.directory)?.[1];
    let files =
      zip === undefined ? await changesOf(each, entries, sources) : await changesOfZip(zip, entries);
    if (zip === undefined && files?.length !== 0 && patches.isFor(entry.name)) {
      // Only what a patch names is expected to differ.
      files = files && patches.withoutPatched(each.path ?? '', files);
      if (files === undefined || files.length === 0) {
        patched.add(entry.name);
        continue;
      }
    }
    if (files === undefined) uncompared.add(entry.name);
    else if (files.length > 0) {
      const place = zip === undefined ? found.path : relative(root, dirname(zip)).split(sep).join('/');
      altered.push({ kind: 'altered', ...found, path: place, files });
    }
  }
  return { altered, uncompared: [...uncompared].sort(), patched: [...patched].sort() };
}

/** Returns the name of a zip if it is of none of the entries; undefined if that is unknown. */
async function changesOfZip(
  zip: string,
  entries: readonly LockEntry[],
): Promise<readonly string[] | undefined> {
  // The zip of a patched copy is named as such.
  const isPatch = entries.some(({ name }) => basename(zip).startsWith(`${name.replace('/', '-')}-patch-`));
  const named = entries.filter((entry) => isPatched(entry) === isPatch);
  // A name that no entry has does not make it one that cannot be judged.
  const verdicts = await Promise.all(
    (named.length > 0 ? named : entries).map((entry) => judgeZip(zip, entry)),
  );
  if (verdicts.includes('same')) return [];
  return verdicts.includes('other') ? [basename(zip)] : undefined;
}

/** Returns the files of a folder that differ from the archive of each entry; undefined if that is unknown. */
async function changesOf(
  each: WalkedPackage,
  entries: readonly LockEntry[],
  { all, zips }: Sources,
): Promise<readonly string[] | undefined> {
  let changed: readonly string[] | undefined;
  let isUnknown = false;
  for (const entry of entries) {
    let archive: Awaited<ReturnType<ArchiveSource['find']>>;
    for (const source of isPatched(entry) ? [zips] : all) archive ??= await source.find(entry, each.folder);
    const files = archive === undefined ? undefined : changedFiles(each.directory, archive);
    if (files?.length === 0) return files;
    // A script of the package may have written them, or the one around it has its own copy.
    if (archive === undefined || archive.hasScripts || (each.isBrought && entry.key !== each.path))
      isUnknown = true;
    else if (files === undefined) isUnknown = true;
    // A patched copy comes after what it is a copy of.
    else changed = files;
  }
  return isUnknown ? undefined : changed;
}

function isPatched(entry: LockEntry): boolean {
  return recordOf(entry).details.patches.length > 0;
}

/** The hash of such an entry is that of the package before it was patched. */
function isPatchedInPlace(entry: LockEntry): boolean {
  return isPatched(entry) && !hasZipDigest(entry);
}

/** Yarn locks no hash of what it does not install here, and leaves an empty package. */
function isForOtherPlatform({ os, cpu, libc, integrity, checksum }: LockEntry): boolean {
  return integrity === undefined && checksum === undefined && os.length + cpu.length + libc.length > 0;
}
