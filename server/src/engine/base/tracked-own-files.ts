import { isDotenvName } from '../../core/read/config/dotenv.ts';
import type { SinceBase } from '../../core/read/project/since-base.ts';
import { isWithin, nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import { checkedFilesOf, type ProjectFiles } from '../projects/project-files.ts';
import { CONFIGURATION_NAMES } from '../projects/read-configuration.ts';
import type { BaseSearch } from './base-search.ts';
import type { ListedCommit } from './committed-configuration.ts';

/** Returns of the projects' own files of the listed kinds, and of those with variables, whether the index has them. */
export async function trackedOwnFiles(
  search: BaseSearch,
  listings: readonly ListedCommit[],
): Promise<SinceBase['tracked']> {
  const variables = await trackedVariables(search, listings);
  return new Map([...trackedAmong(search.projects, listings), ...variables]);
}

function trackedAmong(
  projects: readonly ProjectFiles[],
  listings: readonly ListedCommit[],
): SinceBase['tracked'] {
  const tracked = new Map<Uri, boolean>();
  const own = projects.flatMap((project) => [...checkedFilesOf(project), ...project.memberNpmrcs]);
  for (const uri of own) {
    const name = nameOf(uri);
    const listed = listings.find(({ root }) => isWithin(root, uri));
    const isListed = name === 'package.json' || CONFIGURATION_NAMES.has(name);
    const isInModule = listed?.modules.some((module) => isWithin(module, uri)) === true;
    if (listed !== undefined && isListed && !isInModule) tracked.set(uri, listed.indexed.has(uri));
  }
  return tracked;
}

async function trackedVariables(
  { projects, git }: BaseSearch,
  listings: readonly ListedCommit[],
): Promise<SinceBase['tracked']> {
  const tracked = new Map<Uri, boolean>();
  for (const { root } of listings) {
    const own = projects.flatMap(({ dotenvs }) => dotenvs.filter((uri) => isWithin(root, uri)));
    if (own.length === 0) continue;
    const listed = await git?.indexBelow?.(root, isDotenvName).catch(() => undefined);
    if (listed?.type !== 'index') continue;
    const files = new Set(listed.files);
    for (const uri of own) tracked.set(uri, files.has(uri));
  }
  return tracked;
}
