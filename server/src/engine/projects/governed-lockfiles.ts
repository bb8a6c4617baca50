import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles } from './project-files.ts';

export interface GovernedSearch {
  readonly projects: readonly ProjectFiles[];
  readonly store: FileStore;
  /** A configuration file that replaces those of all projects. */
  readonly policyFile: Uri | undefined;
  /** Checks whether every project below the folder is loaded. */
  isWhole(folder: Uri): boolean;
}

/**
 * Maps the root of a project to the lockfiles of all projects that its configuration file applies to, its own included.
 * Omits a project if another one that the file may apply to is not loaded, or if the packages of one of them are
 * unknown.
 */
export function governedLockfiles(search: GovernedSearch): ReadonlyMap<Uri, readonly Lockfile[]> {
  const { projects, policyFile, isWhole } = search;
  const groups = new Map<Uri | undefined, ProjectFiles[]>();
  for (const project of projects) {
    const key = policyFile ?? project.policy;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [project]);
    else group.push(project);
  }
  const governed = new Map<Uri, readonly Lockfile[]>();
  for (const [policy, group] of groups) {
    // Without a file there is nothing to report; one from elsewhere may apply to projects in other folders.
    if (policy === undefined || policyFile !== undefined || !isWhole(parentUri(policy))) continue;
    const lockfiles = group.map((project) => lockfilesOf(project, search.store));
    if (lockfiles.some((own) => own === undefined)) continue;
    const all = lockfiles.flatMap((own) => own ?? []);
    if (all.length > 0) for (const { root } of group) governed.set(root, all);
  }
  return governed;
}

/** Returns undefined if the installed packages are unknown: a lockfile is missing or was not read completely. */
function lockfilesOf(
  { manifests, lockfiles }: ProjectFiles,
  store: FileStore,
): readonly Lockfile[] | undefined {
  const read: Lockfile[] = [];
  for (const { uri, kind, isBinary, atRoot } of lockfiles) {
    if (!atRoot || store.peek(uri)?.type === 'missing') continue;
    const lockfile = isBinary ? undefined : store.parsed('lockfile', uri, kind);
    if (lockfile?.status !== 'checked') return undefined;
    read.push(lockfile);
  }
  const dependsOnNothing = () =>
    manifests.every((uri) => store.parsed('manifest', uri, undefined)?.dependencies.length === 0);
  return read.length > 0 || dependsOnNothing() ? read : undefined;
}
