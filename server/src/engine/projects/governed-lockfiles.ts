import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles } from './project-files.ts';

export interface GovernedSearch {
  readonly projects: readonly ProjectFiles[];
  readonly store: FileStore;
  /** A configuration file that counts for all projects instead of theirs. */
  readonly policyFile: Uri | undefined;
  /** Whether every project below the folder is loaded. */
  isWhole(folder: Uri): boolean;
}

/**
 * By the root of a project, the lockfiles of all projects that its configuration file counts for, its own included. A
 * project is left out where another one that the file may count for is not loaded, or where what one of them installs is
 * not known.
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
    // Without a file there is nothing to say of it; one from elsewhere may count for projects of other folders.
    if (policy === undefined || policyFile !== undefined || !isWhole(parentUri(policy))) continue;
    const lockfiles = group.map((project) => lockfilesOf(project, search.store));
    if (lockfiles.some((own) => own === undefined)) continue;
    const all = lockfiles.flatMap((own) => own ?? []);
    if (all.length > 0) for (const { root } of group) governed.set(root, all);
  }
  return governed;
}

/** Undefined where it is not known what the project installs: a lockfile is missing, or not read completely. */
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
