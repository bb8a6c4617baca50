import { automationSystemOf } from '../../core/read/automation/automation.ts';
import { isDotenvName } from '../../core/read/config/dotenv.ts';
import { AUDIT_FILES } from '../../core/read/policy-file/import/audit-ignores.ts';
import { isSbomName } from '../../core/read/sbom/sbom-file.ts';
import { isWithin, joinUri, nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { ReadReviewedPolicy } from '../base/reviewed-policies.ts';
import type { AbortSignalLike } from '../ports.ts';
import type { Progress } from '../session.ts';
import { type Discovery, discoverFolder, discoverProject, discoverRoot, startDiscovery } from './discover.ts';
import type { Loaded } from './drop-projects.ts';
import { type ExcludedFile, walkFolder } from './folder-walk.ts';
import { POLICY_FILE } from './path-filters.ts';
import { checkedFilesOf, hasPackages, isSourceName, type ProjectFiles } from './project-files.ts';
import { isNear } from './project-index.ts';
import type { TrackedFiles } from './tracked-files.ts';

export interface LoadOptions {
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignalLike | undefined;
  /** Called with each manifest and lockfile that the configuration excludes: looking for them takes time. */
  readonly onExcluded?: ((file: ExcludedFile) => void) | undefined;
}

/** What decides, besides the files themselves, where projects are. */
export interface SearchOptions {
  readonly home?: Uri | undefined;
  readonly tracked?: TrackedFiles | undefined;
  /** See `FilterSources`. */
  readonly reviewedPolicy?: ReadReviewedPolicy | undefined;
  /** A configuration file that is used instead of those in the folders. */
  policyFile(): Uri | undefined;
  /** See `FilterSources`. */
  lockedPolicy(): Uri | undefined;
}

/** Finds projects and adds them to the index. */
export interface ProjectSearch {
  discoveryOf(uri: Uri): Discovery;
  /** Finds the project of a file that no loaded one has; says whether there is one. */
  findOwner(uri: Uri): Promise<boolean>;
  /** Finds every project below the folder; says whether the search was completed. */
  findBelow(folder: Uri, options: LoadOptions | undefined): Promise<boolean>;
  /** Searches again for the projects whose members a change of these files may have changed. */
  restructure(changed: ReadonlySet<Uri>): Promise<void>;
  /** Whether a new file there is loaded without being asked for: in a folder or project that is loaded as a whole. */
  isFollowed(uri: Uri): boolean;
  /** Returns the files of a new folder that may belong to a project, if new files are followed there. */
  filesIn(folder: Uri): Promise<readonly Uri[]>;
}

export function createProjectSearch(loaded: Loaded, options: SearchOptions): ProjectSearch {
  const { store, folders, index } = loaded;
  const { home, tracked, reviewedPolicy } = options;

  function discoveryOf(uri: Uri, { progress, signal, onExcluded }: LoadOptions = {}): Discovery {
    const onDirectory = (count: number) =>
      progress?.report('Looking for package.json files', count, undefined);
    const policyFile = options.policyFile();
    const lockedPolicy = options.lockedPolicy();
    const own = { policyFile, lockedPolicy, home, tracked, reviewedPolicy };
    const place = { store, bound: folders.boundOf(uri), ...own };
    return startDiscovery({ ...place, onDirectory, onExcluded, signal });
  }

  /** `asOf` are the folders when the project was looked for: those that were closed since do not come back. */
  function put(project: ProjectFiles, asOf: readonly Uri[]): void {
    const { root, bound } = project;
    const isBound = () => folders.contains(root) && bound === folders.boundOf(joinUri(root, 'package.json'));
    if (asOf === folders.all || isBound()) index.set(project);
  }

  async function discoverRoots(roots: ReadonlySet<Uri>): Promise<readonly ProjectFiles[]> {
    const projects: ProjectFiles[] = [];
    for (const root of roots) {
      const project = await discoverProject(root, discoveryOf(joinUri(root, 'package.json')));
      if (project !== undefined) projects.push(project);
    }
    return projects;
  }

  /** Searches again if folders were opened or closed meanwhile. */
  async function findOwner(uri: Uri): Promise<boolean> {
    const asOf = folders.all;
    const root = await discoverRoot(uri, discoveryOf(uri));
    // A file of an open text may be new in a project that is loaded, whether it was saved since or not.
    const isWanted = root !== undefined && (!index.has(root) || mayBelong(uri));
    const projects = isWanted ? await discoverRoots(new Set([root])) : [];
    if (asOf !== folders.all) return findOwner(uri);
    index.add(projects);
    return projects.length > 0;
  }

  async function findBelow(folder: Uri, loading?: LoadOptions): Promise<boolean> {
    const asOf = folders.all;
    const discovery = discoveryOf(joinUri(folder, 'package.json'), loading);
    const projects = await discoverFolder(folder, discovery);
    if (discovery.signal?.aborted === true) return false;
    for (const root of index.roots()) if (isWithin(folder, root)) index.delete(root);
    for (const project of projects) put(project, asOf);
    return true;
  }

  function isFollowed(uri: Uri): boolean {
    return [...folders.whole, ...index.roots()].some((folder) => isWithin(folder, uri));
  }

  async function filesIn(folder: Uri): Promise<readonly Uri[]> {
    const files: Uri[] = [];
    if (!isFollowed(folder)) return files;
    const discovery = discoveryOf(joinUri(folder, 'package.json'));
    for await (const { uri, fileNames } of walkFolder(folder, { ...discovery, depth: undefined }))
      files.push(...[...fileNames].map((name) => joinUri(uri, name)).filter(mayBelong));
    return files;
  }

  async function restructure(changed: ReadonlySet<Uri>): Promise<void> {
    const asOf = folders.all;
    const directories = [...changed].map(parentUri);
    const near = index.all().filter(({ root }) => directories.some((directory) => isNear(root, directory)));
    const candidates = [...changed].filter(isFollowed);
    const files = new Set([...candidates, ...near.flatMap((project) => [...checkedFilesOf(project)])]);
    const tops = new Set(near.filter(({ hasOnlyAutomation }) => hasOnlyAutomation).map(({ root }) => root));
    const roots = new Set(tops);
    for (const uri of files) {
      if (!isSourceName(nameOf(uri)) || (await store.load(uri)).type === 'missing') continue;
      const root = await discoverRoot(uri, discoveryOf(uri));
      if (root !== undefined) roots.add(root);
    }
    const projects = await discoverRoots(roots);
    for (const { root } of near) index.delete(root);
    for (const project of projects) {
      const hasOnlyAutomation = tops.has(project.root) && !hasPackages(project);
      put(hasOnlyAutomation ? { ...project, hasOnlyAutomation } : project, asOf);
    }
    for (const folder of folders.whole) {
      const isFilter = (uri: Uri) => isFilterFile(uri) || uri === options.policyFile();
      if ([...changed].some((uri) => isFilter(uri) && isWithin(folder, uri))) await findBelow(folder);
    }
    index.indexOwners();
  }

  return { discoveryOf, findOwner, findBelow, restructure, isFollowed, filesIn };
}

/** Checks whether a file of this path may belong to a project or decide what does. */
export function mayBelong(uri: Uri): boolean {
  const name = nameOf(uri);
  return (
    automationSystemOf(uri) !== undefined ||
    isSbomName(uri) ||
    isSourceName(name) ||
    KNOWN_FILES.has(name) ||
    isDotenvName(name)
  );
}

/** Checks whether the file decides which paths are searched. Edits of it count once they are saved. */
export function isFilterFile(uri: Uri): boolean {
  return FILTER_FILES.has(nameOf(uri));
}

const FILTER_FILES: ReadonlySet<string> = new Set(['.gitignore', POLICY_FILE]);
const KNOWN_FILES: ReadonlySet<string> = new Set([
  ...FILTER_FILES,
  '.npmrc',
  '.dockerignore',
  'pnpm-workspace.yaml',
  '.yarnrc.yml',
  '.yarnrc',
  'bunfig.toml',
  ...AUDIT_FILES.keys(),
]);
