import type { ReachProject } from '../../../core/judge/changes/reach/reach-project.ts';
import type { CheckedFile } from '../../../core/read/project/checked-file.ts';
import { parentUri } from '../../../core/read/text/paths/uri.ts';
import { readConfiguration } from '../../../engine/projects/read-configuration.ts';
import type { ConfigurationSearch } from './changed-configuration.ts';

/** Returns the projects with what any package manager would run in them. */
export async function reachProjects({
  configuration,
  projects,
}: Pick<ConfigurationSearch, 'configuration' | 'projects'>): Promise<readonly ReachProject[]> {
  const files: CheckedFile[] = [];
  for (const { uri, text } of configuration) {
    const file = text === undefined ? undefined : await readConfiguration(uri, text);
    if (file?.uri !== undefined) files.push(file);
  }
  return projects.map(({ root, folders }) => {
    const own = files.filter(({ uri }) => folders.has(parentUri(uri!)));
    const manifests = own.filter((file) => file.kind === 'manifest');
    return { root, manifests, configuration: own, runner: undefined };
  });
}
