import { configurationChanges } from '../../core/judge/changes/configuration-change.ts';
import { specOf } from '../../core/read/manager/managers.ts';
import type { ManagerKind } from '../../core/read/manager/package-manager.ts';
import type { Manifest } from '../../core/read/manifest/manifest.ts';
import type { ProgramChange } from '../../core/read/project/since-base.ts';
import { isWithin, joinUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitPort, ReadResult } from '../ports.ts';
import { readConfiguration } from '../projects/read-configuration.ts';
import { upTo } from '../projects/repository-folders.ts';
import type { UncomparedFile } from './changed-programs.ts';

/**
 * The properties of a project that determine which configuration above the checked folder its package manager reads.
 */
export interface ProjectBelow {
  readonly root: Uri;
  readonly manager: ManagerKind;
  /** Whether it has a pnpm-workspace.yaml: pnpm uses the nearest one, whichever folders that makes members. */
  readonly hasWorkspaceFile: boolean;
  /** Whether its manifest pins a package manager. Corepack searches upwards to the first manifest that does. */
  readonly isPinned: boolean;
}

export interface AboveSearch {
  /** The checked folder, and the outermost one that is searched. */
  readonly folder: Uri;
  readonly bound: Uri;
  readonly projects: readonly ProjectBelow[];
  /** Files named in the projects' own configuration. */
  readonly named: Iterable<Uri>;
  /** Checks whether the file is compared elsewhere. */
  isOwn(uri: Uri): boolean;
  readonly git: GitPort;
  readonly revision: string;
  read(uri: Uri): Promise<ReadResult>;
}

/** A changed file above the folder, with the first project that reads it; undefined for named programs. */
export interface AboveChange {
  readonly root: Uri | undefined;
  readonly change: ProgramChange;
}

interface Candidate {
  readonly uri: Uri;
  readonly root: Uri | undefined;
  counts(key: string): boolean;
}

/**
 * Compares with a commit what package managers read above the checked folder beside the projects' own files, and the
 * files that it names, such as a Yarn release. Untracked files were written by whoever runs the check. Never rejects.
 */
export async function* aboveConfiguration(search: AboveSearch): AsyncIterable<AboveChange | UncomparedFile> {
  const { git, revision, read } = search;
  for (const { uri, root, counts } of candidates(search)) {
    const now = await read(uri);
    const base = await git.textAt(uri, revision).catch(() => undefined);
    if (base === undefined || (now.type === 'missing' && base.type === 'absent')) continue;
    if (base.type === 'unknown' || now.type === 'refused') {
      // Without a repository, nothing can be compared at all.
      if (now.type === 'refused') yield { uri, reason: now.reason };
      continue;
    }
    const [earlier, later] = [base, now].map((state) =>
      state.type === 'text' ? state.text.replaceAll('\r\n', '\n') : undefined,
    );
    if (earlier === later || (earlier === undefined && !(await isTracked(uri, git)))) continue;
    const state = earlier === undefined ? 'new' : later === undefined ? 'gone' : 'kept';
    if (root === undefined) {
      const contents = (text: string | undefined) =>
        text === undefined ? undefined : ({ type: 'text', text } as const);
      const change = { uri, kind: 'file', state, before: contents(earlier), after: contents(later) } as const;
      yield { root, change };
      continue;
    }
    const before = earlier === undefined ? undefined : await readConfiguration(uri, earlier);
    const after = later === undefined ? undefined : await readConfiguration(uri, later);
    const settings = configurationChanges(before, after).filter(({ key }) => counts(key));
    const change = { uri, kind: 'settings', state, before: undefined, after: undefined, settings } as const;
    if (settings.length > 0) yield { root, change };
  }
}

function candidates({ folder, bound, projects, named, isOwn }: AboveSearch): readonly Candidate[] {
  if (folder === bound || !isWithin(bound, folder)) return [];
  const found = new Map<Uri, Candidate>();
  const add = (uri: Uri, root: Uri | undefined, counts: Candidate['counts'] = () => true) => {
    if (!found.has(uri) && !isOwn(uri)) found.set(uri, { uri, root, counts });
  };
  const folders = [...upTo(bound, parentUri(folder))];
  for (const { root, manager, hasWorkspaceFile, isPinned } of projects) {
    if (!isWithin(folder, root)) continue;
    const { above: names, nearest } = specOf(manager).files;
    for (const above of folders) {
      // Existing ones belong to the project.
      for (const name of names) add(joinUri(above, name), root);
      if (nearest !== undefined && !hasWorkspaceFile) add(joinUri(above, nearest), root);
      if (!isPinned) add(joinUri(above, 'package.json'), root, (key) => PIN.test(key));
    }
  }
  for (const uri of named)
    if (isWithin(bound, uri) && !isWithin(folder, uri) && !uri.endsWith('/')) add(uri, undefined);
  return [...found.values()];
}

/** Checks whether Corepack's search stops at this manifest. */
export function pinsManager(manifest: Manifest | undefined): boolean {
  if (manifest === undefined) return false;
  return manifest.packageManager !== undefined || manifest.devEnginesPackageManager.length > 0;
}

const PIN = /^(?:packageManager$|devEngines\.packageManager\.)/;

async function isTracked(uri: Uri, git: GitPort): Promise<boolean> {
  const name = uri.slice(parentUri(uri).length + 1);
  const index = await git.indexBelow?.(parentUri(uri), (_, path) => path === name).catch(() => undefined);
  return index?.type !== 'index' || index.files.includes(uri);
}
