import {
  isBesideName,
  type ProjectFolders,
  projectBeside,
} from '../../core/judge/changes/beside-projects.ts';
import { configurationChanges } from '../../core/judge/changes/configuration-change.ts';
import type { ProgramChange } from '../../core/read/project/since-base.ts';
import { nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitFiles, GitIndex, GitPort } from '../ports.ts';
import type { FileStore } from '../projects/file-store.ts';
import { checkedFilesOf, type ProjectFiles } from '../projects/project-files.ts';
import { readConfiguration } from '../projects/read-configuration.ts';
import { type UncomparedFile, uncomparedFile } from './changed-programs.ts';

export interface BesideSearch {
  readonly projects: readonly ProjectFiles[];
  readonly store: FileStore;
  readonly git: GitPort;
  readonly before: GitFiles & { readonly type: 'files' };
  readonly now: GitIndex & { readonly type: 'index' };
}

/** A changed file with the root of the project to report it for. */
export interface BesideChange {
  readonly root: Uri;
  readonly change: ProgramChange;
}

/**
 * Compares tracked configuration that some package manager reads beside the projects' own with a commit. Deleted files
 * are left to `goneConfiguration`. Never rejects.
 */
export async function* besideConfiguration({
  projects,
  store,
  git,
  before,
  now,
}: BesideSearch): AsyncIterable<BesideChange | UncomparedFile> {
  for (const { uri, root } of besideFiles(now.files, projects)) {
    const old = before.objects.get(uri);
    const read = await store.load(uri);
    if (read.type === 'missing') continue;
    if (old !== undefined && read.type === 'text' && git.isObject?.(read.text, old) === true) continue;
    if (read.type === 'refused') {
      yield { uri, reason: read.reason };
      continue;
    }
    const base = old === undefined ? undefined : await git.textAt(uri, before.commit);
    if (base?.type === 'unknown') {
      yield uncomparedFile(uri, base);
      continue;
    }
    const earlier = base?.type === 'text' ? await readConfiguration(uri, base.text) : undefined;
    const settings = configurationChanges(earlier, await readConfiguration(uri, read.text));
    const state = earlier === undefined ? 'new' : 'kept';
    const change = { uri, kind: 'settings', state, before: undefined, after: undefined, settings } as const;
    if (settings.length > 0) yield { root, change };
  }
}

/** Returns the tracked files that some package manager reads beside the projects' own, sorted. */
export function besideFiles(
  tracked: Iterable<Uri>,
  projects: readonly ProjectFiles[],
): readonly { readonly uri: Uri; readonly root: Uri }[] {
  const own = new Set(projects.flatMap((project) => [...checkedFilesOf(project)]));
  const folders = projects.map(foldersOf);
  return [...tracked].sort().flatMap((uri) => {
    const isBeside = isBesideName(nameOf(uri)) && !own.has(uri);
    const root = isBeside ? projectBeside(uri, folders) : undefined;
    return root === undefined ? [] : [{ uri, root }];
  });
}

/** Returns the folders of a project's root and members. */
export function foldersOf({ root, manifests }: ProjectFiles): ProjectFolders {
  return { root, folders: new Set([root, ...manifests.map(parentUri)]) };
}
