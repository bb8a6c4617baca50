import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Project } from '../../read/project/project.ts';
import { nameOf, type Uri } from '../../read/text/paths/uri.ts';
import { memoizeOf } from '../../read/text/remember-of.ts';

/** Archives that are new in Yarn's cache, for packages that yarn.lock has no hash of. */
export interface NewArchives {
  /** By path: the finding is on the first. */
  readonly uris: readonly Uri[];
  /** Whether the base locks the version of one of them, so that no update is the reason. */
  readonly isLockedBefore: boolean;
}

/** Returns the new archives that an install takes as they are. */
export const newArchives: (project: Project) => NewArchives = memoizeOf((project) => {
  const { sinceBase, lockfile, committedLockfile, lockfileBase } = project;
  const unhashed = unhashedIn(lockfile);
  const base = committedLockfile ?? (lockfileBase === 'absent' ? undefined : lockfile);
  const before = unhashedIn(base);
  const uris: Uri[] = [];
  let isLockedBefore = false;
  for (const { uri, kind, state } of sinceBase.programs.values()) {
    if (kind !== 'archive' || state !== 'new') continue;
    const stem = nameOf(uri).replace(/-[0-9a-f]{10}-\d+(?:c\d)?\.zip$/, '');
    if (!unhashed.has(stem)) continue;
    uris.push(uri);
    isLockedBefore ||= before.has(stem);
  }
  return { uris: uris.sort(), isLockedBefore };
});

/** Returns what Yarn calls the archives of entries without a hash, up to the hash of their name. */
function unhashedIn(lockfile: Lockfile | undefined): ReadonlySet<string> {
  const stems = new Set<string>();
  for (const { name, version, source, checksum } of lockfile?.entries ?? [])
    if (source === 'registry' && checksum === undefined && version !== undefined)
      stems.add(`${name.replace('/', '-')}-npm-${version.value}`);
  return stems;
}
