import type { Uri } from '../../core/read/text/paths/uri.ts';
import { loadAutomationFiles } from './automation-files.ts';
import { loadBotFiles } from './bot-files.ts';
import { isExcludedPath, type WalkedDirectory } from './folder-walk.ts';
import type { FilterSources } from './path-filters.ts';
import type { ProjectFiles } from './project-files.ts';
import { type FolderSearch, isGitFolder, isTopFolder } from './repository-folders.ts';
import { loadSbomFiles } from './sbom-files.ts';

type TopSearch = FolderSearch & FilterSources;

/** Returns the workflows at the top of the repository, and the Dockerfiles and settings of editors in each folder. */
export async function automationFilesOf(
  root: Uri,
  directories: readonly WalkedDirectory[],
  search: TopSearch,
): Promise<readonly Uri[]> {
  const isTop = root === search.bound || (await isGitFolder(root, search));
  const found = await loadAutomationFiles({ root, directories, isTop, store: search.store });
  const excluded = await Promise.all(found.map((uri) => isExcludedPath(uri, search)));
  return found.filter((_, at) => !excluded[at]);
}

/** Returns the files of bots that update dependencies, which are at the top of a repository. */
export async function botFilesOf(root: Uri, search: TopSearch): Promise<readonly Uri[]> {
  const isTop = root === search.bound || (await isGitFolder(root, search));
  return isTop ? loadBotFiles(root, search.store) : [];
}

/** Returns undefined below the top of a repository, as the top may have one. */
export async function sbomFilesOf(
  root: Uri,
  { policy, policiesAbove, extended }: Pick<ProjectFiles, 'policy' | 'policiesAbove' | 'extended'>,
  search: TopSearch,
): Promise<readonly Uri[] | undefined> {
  const { policyFile, lockedPolicy, store } = search;
  if (!(await isTopFolder(root, search))) return undefined;
  const policies = [policyFile, lockedPolicy, policy, ...policiesAbove, ...extended.files];
  return loadSbomFiles(
    root,
    policies.filter((uri) => uri !== undefined),
    store,
  );
}
