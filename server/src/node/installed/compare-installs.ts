import type { InstallState } from '../../core/read/project/install-state.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { Progress, ProjectSnapshot } from '../../engine/session.ts';
import { cacheFolders } from './cache-folders.ts';
import { compareInstall } from './compare-install.ts';

/** Compares what is installed for each project with its lockfile. */
export async function compareInstalls(
  projects: readonly ProjectSnapshot[],
  progress: Progress,
): Promise<ReadonlyMap<Uri, InstallState>> {
  const folders = cacheFolders();
  const states = new Map<Uri, InstallState>();
  for (const each of projects) {
    const state = await compareInstall(each, folders, progress);
    if (state !== undefined) states.set(each.project.root, state);
  }
  return states;
}
