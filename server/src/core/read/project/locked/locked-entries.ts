import type { LockEntry } from '../../lockfile/model/lockfile.ts';
import { effectiveDependencies } from '../../manifest/effective-dependencies.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { onForgetLatest } from '../../text/latest.ts';
import type { Project } from '../project.ts';
import { lockedEntriesIn } from './locked-dependency.ts';

interface Found {
  readonly project: Project;
  readonly manifest: Manifest;
  readonly entries: readonly (LockEntry | undefined)[];
}

/** The result for the last manifest, because several rules ask in turn. */
let latest: Found | undefined;
onForgetLatest(() => {
  latest = undefined;
});

/** Returns the locked entry of each of the manifest's effective dependencies except peers, in their order. */
export function lockedEntries(project: Project, manifest: Manifest): readonly (LockEntry | undefined)[] {
  if (latest?.manifest !== manifest || latest.project !== project) {
    const entries = effectiveDependencies(manifest).map(lockedEntriesIn(project, manifest.uri));
    latest = { project, manifest, entries };
  }
  return latest.entries;
}
