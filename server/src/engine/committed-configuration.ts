import { guardingSettings } from '../core/config/changes/guarding-settings.ts';
import type { CheckedFile } from '../core/rules/rule.ts';
import type { Uri } from '../core/text/uri.ts';
import type { FileStore } from './file-store.ts';
import type { GitPort } from './ports.ts';
import type { ProjectFiles } from './project-files.ts';
import { readConfiguration } from './read-configuration.ts';

/** Configuration files as they were in a commit; `absent` where the commit has none. Others are not known. */
export type CommittedConfiguration = ReadonlyMap<Uri, CheckedFile | 'absent'>;

/**
 * Reads the configuration files of projects as a commit has them, those alone that now have a setting which guards an
 * install. Never rejects.
 */
export async function committedConfiguration(
  projects: readonly ProjectFiles[],
  store: FileStore,
  git: GitPort | undefined,
  revision: string,
): Promise<CommittedConfiguration> {
  const found = new Map<Uri, CheckedFile | 'absent'>();
  for (const uri of new Set(projects.flatMap(configurationOf))) {
    const text = store.textOf(uri);
    const present = text === undefined ? undefined : await readConfiguration(uri, text);
    if (present === undefined || guardingSettings(present).length === 0) continue;
    const read = await git?.textAt(uri, revision).catch(() => undefined);
    if (read?.type === 'absent') found.set(uri, 'absent');
    const before = read?.type === 'text' ? await readConfiguration(uri, read.text) : undefined;
    if (before !== undefined) found.set(uri, before);
  }
  return found;
}

function configurationOf({ npmrc, pnpmWorkspace, yarnrcs, bunfig, manifests }: ProjectFiles): readonly Uri[] {
  const yarn = yarnrcs.filter(({ isChecked }) => isChecked).map(({ uri }) => uri);
  return [npmrc ?? [], pnpmWorkspace ?? [], yarn, bunfig ?? [], manifests.slice(0, 1)].flat();
}
