import { automationHome, automationSystemOf } from '../../core/read/automation/automation.ts';
import { isDotenvName } from '../../core/read/config/dotenv.ts';
import { lockfileKindOf, lockfileNamed } from '../../core/read/lockfile/detect.ts';
import type { KnownLockfile } from '../../core/read/manager/model/files.ts';
import { AUDIT_FILES } from '../../core/read/policy-file/import/audit-ignores.ts';
import { isWithin, joinUri, parentUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { ReadReviewedPolicy } from '../base/reviewed-policies.ts';
import type { AbortSignalLike } from '../ports.ts';
import { loadBuildContext } from './build-context.ts';
import { loadComparedSboms } from './compared-sboms.ts';
import { loadExtended } from './extended-policies.ts';
import type { FileStore } from './file-store.ts';
import { claimsOf, findRoot, nestsWorkspaces } from './find-root.ts';
import {
  type ExcludedFile,
  isExcludedPath,
  isOfBower,
  PNPM_MANIFESTS,
  type WalkedDirectory,
  walkFolder,
} from './folder-walk.ts';
import { managerFilesOf } from './manager-files.ts';
import { POLICY_FILE } from './path-filters.ts';
import { hasPackages, type LockfileFile, type ProjectFiles } from './project-files.ts';
import { isGitFolder, isTopFolder, repositoryAbove, repositoryOf, upTo } from './repository-folders.ts';
import { loadManifestStructure, loadPnpmStructure } from './structure.ts';
import { automationFilesOf, botFilesOf, sbomFilesOf } from './top-files.ts';
import type { TrackedFiles } from './tracked-files.ts';

/** One search for projects. It caches results, so each search needs a new one. */
export interface Discovery {
  readonly store: FileStore;
  /** No root above this folder is considered. */
  readonly bound: Uri;
  /** A configuration file that replaces those in the folders. */
  readonly policyFile: Uri | undefined;
  /** See `FilterSources`. */
  readonly lockedPolicy?: Uri | undefined;
  /** The user's home directory, for configuration of Yarn and Bun. */
  readonly home: Uri | undefined;
  /** The files that git tracks; undefined if unknown. */
  readonly tracked?: TrackedFiles | undefined;
  /** See `FilterSources`. */
  readonly reviewedPolicy?: ReadReviewedPolicy | undefined;
  /** Called for each manifest and lockfile that the configuration excludes in a search of a whole folder. */
  readonly onExcluded?: ((file: ExcludedFile) => void) | undefined;
  readonly roots: Map<Uri, Promise<Uri>>;
  readonly gitFolders: Map<Uri, Promise<boolean>>;
  readonly onDirectory?: (count: number) => void;
  readonly signal?: AbortSignalLike | undefined;
}

export function startDiscovery(about: Omit<Discovery, 'roots' | 'gitFolders'>): Discovery {
  return { ...about, roots: new Map(), gitFolders: new Map() };
}

/**
 * Returns every project below a folder. Each manifest belongs to the nearest root whose workspaces claim it, or else is
 * a root of its own. The root may lie above the folder. A directory with a lockfile and no manifest is a root as well.
 */
export async function discoverFolder(folder: Uri, discovery: Discovery): Promise<ProjectFiles[]> {
  const walked = new Map<Uri, WalkedDirectory>();
  for await (const directory of walkFolder(folder, { ...discovery, depth: undefined })) {
    walked.set(directory.uri, directory);
  }
  const byRoot = new Map<Uri, WalkedDirectory[]>();
  for (const directory of walked.values()) {
    if (directory.isOutside === true) {
      const root = await rootBelow(directory.uri, discovery);
      if (root !== undefined) byRoot.set(root, [...(byRoot.get(root) ?? []), directory]);
      continue;
    }
    const pnpmManifest = pnpmManifestIn(directory);
    if (!isOfInterest(directory) && pnpmManifest === undefined) continue;
    const root = await findRoot(directory.uri, discovery);
    if (root === directory.uri && isOfBower(root, discovery.bound)) continue;
    // For others, nothing says that a package manager reads them.
    const isRead =
      root !== directory.uri ||
      root === folder ||
      [...directory.fileNames].some((name) => lockfileKindOf(name) !== undefined);
    if (directory.isUnfollowed === true && !isRead) continue;
    if (!isOfInterest(directory) && !(await isOfPnpm(root, directory, discovery))) continue;
    const members = byRoot.get(root);
    if (members === undefined) byRoot.set(root, [directory]);
    else members.push(directory);
  }
  const projects: ProjectFiles[] = [];
  for (const [root, members] of byRoot) {
    if (discovery.signal?.aborted === true) break;
    const top = walked.get(root);
    // The root lies above the folder: its other members were not walked but belong to it all the same.
    const directories = top === undefined ? await directoriesOf(root, discovery) : [top];
    projects.push(await describe(root, [...directories, ...members], discovery));
  }
  const ofFolder = walked.get(folder);
  const isWithoutPackages = projects.length > 0 && projects.every(({ root }) => !isWithin(root, folder));
  if (ofFolder !== undefined && isWithoutPackages && (await isTopFolder(folder, discovery)))
    projects.push(...[await automationOfTop(ofFolder, discovery)].filter((one) => one !== undefined));
  projects.sort((a, b) => (a.root < b.root ? -1 : 1));
  const named = await foldersNamedIn(projects, discovery.store);
  const reported = projects.map((project) =>
    named.has(project.root) ? { ...project, insideMember: true } : project,
  );
  return withAlsoRead(reported, [...walked.values()]);
}

/** Returns the folders that manifests of other projects, members included, depend on by path. */
async function foldersNamedIn(
  projects: readonly ProjectFiles[],
  store: FileStore,
): Promise<ReadonlySet<Uri>> {
  const folders = new Set<Uri>();
  for (const { root, manifests } of projects) {
    for (const directory of manifests.map(parentUri)) {
      const manifest = await loadManifestStructure(directory, store);
      for (const path of manifest?.localFolders ?? []) {
        const folder = joinUri(directory, path);
        if (folder !== root) folders.add(folder);
      }
    }
  }
  return folders;
}

/**
 * Returns the root of the project that a file in this directory belongs to; undefined if the path is excluded from all
 * projects.
 */
export async function discoverRoot(file: Uri, discovery: Discovery): Promise<Uri | undefined> {
  if (await isExcludedPath(file, discovery)) return undefined;
  const directory = automationSystemOf(file) === undefined ? parentUri(file) : automationHome(file);
  const root = await findRoot(directory, discovery);
  return root === directory && isOfBower(root, discovery.bound) ? undefined : root;
}

/** Returns the files of the project at a root directory, with the members found by its workspace patterns. */
export async function discoverProject(root: Uri, discovery: Discovery): Promise<ProjectFiles | undefined> {
  const directories = await directoriesOf(root, discovery);
  if (directories.length === 0) return undefined;
  const project = await describe(root, directories, discovery);
  const isForeign =
    project.automationFiles.length > 0 && !hasPackages(project) && !(await hasPackagesBelow(root, discovery));
  return isForeign ? { ...project, automationFiles: [] } : project;
}

/** Checks whether any package is in the folder or near below it: other repositories have workflows too. */
async function hasPackagesBelow(folder: Uri, discovery: Discovery): Promise<boolean> {
  const walk = { ...discovery, onExcluded: undefined, depth: MOST_LEVELS };
  for await (const directory of walkFolder(folder, walk)) if (isOfInterest(directory)) return true;
  return false;
}

/** In a repository with packages one of them is hardly ever deeper. */
const MOST_LEVELS = 4;

async function automationOfTop(
  top: WalkedDirectory,
  discovery: Discovery,
): Promise<ProjectFiles | undefined> {
  const project = await describe(top.uri, [top], discovery);
  return project.automationFiles.length === 0 ? undefined : { ...project, hasOnlyAutomation: true };
}

async function directoriesOf(root: Uri, discovery: Discovery): Promise<readonly WalkedDirectory[]> {
  const { store } = discovery;
  const nests = await nestsWorkspaces(root, store);
  const directories = new Map<Uri, WalkedDirectory>();
  // With Yarn, members may claim members of their own, deeper than the root's patterns reach.
  const claimants = [root];
  for (let from = claimants.pop(); from !== undefined; from = claimants.pop()) {
    const claims = await claimsOf(from, store);
    const depth = claims === undefined ? 0 : claims.depth;
    for await (const directory of walkFolder(from, { ...discovery, onExcluded: undefined, depth })) {
      const { uri } = directory;
      if (directories.has(uri)) continue;
      if (directory.isOutside === true) {
        if ((await rootBelow(uri, discovery)) === root) directories.set(uri, directory);
        continue;
      }
      const isCandidate =
        isOfInterest(directory) ||
        directory.isUnread ||
        (pnpmManifestIn(directory) !== undefined && (await isOfPnpm(root, directory, discovery)));
      const isMember = isCandidate && (await findRoot(uri, discovery)) === root;
      if (uri !== root && !isMember) continue;
      directories.set(uri, directory);
      if (nests && uri !== root && (await claimsOf(uri, store)) !== undefined) claimants.push(uri);
    }
  }
  return [...directories.values()];
}

/** The nearest root above whose workspaces may have members in a folder, of which nothing is read; undefined for none. */
async function rootBelow(folder: Uri, discovery: Discovery): Promise<Uri | undefined> {
  for (const directory of upTo(discovery.bound, parentUri(folder))) {
    const claims = await claimsOf(directory, discovery.store);
    if (claims?.claimsBelow(relativeUri(directory, folder)) === true) return findRoot(directory, discovery);
  }
  return undefined;
}

function isOfInterest({ fileNames, ignoredNames }: WalkedDirectory): boolean {
  for (const name of fileNames) {
    const isOurs = name === 'package.json' || lockfileKindOf(name) !== undefined;
    if (isOurs && !ignoredNames.has(name)) return true;
  }
  return false;
}

/**
 * Checks whether the files are pnpm's, as other tools use such names too: its workspace file or lockfile is in the
 * root.
 */
async function isOfPnpm(root: Uri, directory: WalkedDirectory, { store }: Discovery): Promise<boolean> {
  if (root === directory.uri && directory.fileNames.has('pnpm-lock.yaml')) return true;
  return (await loadPnpmStructure(root, store)) !== undefined;
}

/** Returns the manifest that pnpm reads there in place of a package.json. */
function pnpmManifestIn({ fileNames }: WalkedDirectory): string | undefined {
  return fileNames.has('package.json') ? undefined : PNPM_MANIFESTS.find((name) => fileNames.has(name));
}

async function describe(
  root: Uri,
  directories: readonly WalkedDirectory[],
  discovery: Discovery,
): Promise<ProjectFiles> {
  const unique = new Map(directories.map((directory) => [directory.uri, directory]));
  const ordered = [...unique.values()].sort((a, b) =>
    a.uri === root ? -1 : b.uri === root ? 1 : a.uri < b.uri ? -1 : 1,
  );
  const manifests: Uri[] = [];
  const lockfiles: LockfileFile[] = [];
  const pnpmManifests: Uri[] = [];
  for (const directory of ordered) {
    const { uri, fileNames, ignoredNames } = directory;
    const other = pnpmManifestIn(directory);
    if (other !== undefined && (await isOfPnpm(root, directory, discovery)))
      pnpmManifests.push(joinUri(uri, other));
    const isManifest = fileNames.has('package.json') && !ignoredNames.has('package.json');
    if (isManifest) manifests.push(joinUri(uri, 'package.json'));
    for (const { name, kind, isBinary } of lockfilesIn(fileNames))
      lockfiles.push({ uri: joinUri(uri, name), kind, isBinary, atRoot: uri === root });
  }
  const rootFileNames = unique.get(root)?.fileNames ?? new Set<string>();
  // The root's manifest shows which package manager may be in use.
  await Promise.all(manifests.map((uri) => discovery.store.load(uri)));
  const members = ordered.filter(({ uri, fileNames }) => uri !== root && fileNames.has('package.json'));
  const inRoot = (name: string) => (rootFileNames.has(name) ? joinUri(root, name) : undefined);
  const policies = await policiesOf(root, discovery);
  const automationFiles = await automationFilesOf(root, ordered, discovery);
  const project: ProjectFiles = {
    root,
    bound: discovery.bound,
    repository: await repositoryOf(root, discovery),
    manifests,
    lockfiles,
    pnpmManifests,
    rootFileNames,
    npmrc: inRoot('.npmrc'),
    memberNpmrcs: members.flatMap(({ uri, fileNames }) =>
      fileNames.has('.npmrc') ? [joinUri(uri, '.npmrc')] : [],
    ),
    dotenvs: ordered.flatMap(({ uri, fileNames }) =>
      [...fileNames]
        .filter(isDotenvName)
        .sort()
        .map((name) => joinUri(uri, name)),
    ),
    ...(await managerFilesOf(root, rootFileNames, discovery)),
    botFiles: await botFilesOf(root, discovery),
    automationFiles,
    buildContext: await loadBuildContext(root, automationFiles, discovery.store),
    comparedSboms: await loadComparedSboms(root, rootFileNames, discovery.store),
    hasOnlyAutomation: false,
    auditFiles: [...AUDIT_FILES.keys()].map(inRoot).filter((uri) => uri !== undefined),
    ...policies,
    sbomFiles: await sbomFilesOf(root, policies, discovery),
    gitIgnore: inRoot('.gitignore'),
    insideMember: await isInsideMember(root, discovery),
    alsoRead: [],
    unreadFolders: ordered.filter(({ isUnread }) => isUnread).map(({ uri }) => uri),
    foldersElsewhere: ordered.filter(({ isOutside }) => isOutside === true).map(({ uri }) => uri),
  };
  await loadAll(project, discovery.store);
  return project;
}

function lockfilesIn(fileNames: ReadonlySet<string>): readonly KnownLockfile[] {
  return [...fileNames].sort().flatMap((name) => lockfileNamed(name) ?? []);
}

async function policiesOf(
  root: Uri,
  discovery: Discovery,
): Promise<Pick<ProjectFiles, 'policy' | 'policiesAbove' | 'extended'>> {
  const { bound, policyFile, lockedPolicy } = discovery;
  const found = await policiesIn(upTo(bound, root), discovery);
  const beyond = await policiesIn(await repositoryAbove(bound, discovery), discovery);
  const given = [policyFile, lockedPolicy].filter((uri) => uri !== undefined);
  const extended = await loadExtended(root, [...given, ...found, ...beyond], {
    ...discovery,
    isGitFolder: (directory) => isGitFolder(directory, discovery),
  });
  if (policyFile !== undefined) return { policy: undefined, policiesAbove: [...found, ...beyond], extended };
  const [policy, ...policiesAbove] = found;
  return { policy, policiesAbove: [...policiesAbove, ...beyond], extended };
}

async function policiesIn(
  directories: Iterable<Uri>,
  { store, policyFile }: Discovery,
): Promise<readonly Uri[]> {
  const found: Uri[] = [];
  for (const directory of directories) {
    const uri = joinUri(directory, POLICY_FILE);
    if (uri !== policyFile && (await store.load(uri)).type !== 'missing') found.push(uri);
  }
  return found;
}

async function isInsideMember(root: Uri, discovery: Discovery): Promise<boolean> {
  if (root === discovery.bound || !isWithin(discovery.bound, root)) return false;
  for (const directory of upTo(discovery.bound, parentUri(root))) {
    if ((await findRoot(directory, discovery)) !== directory) return true;
    if (await namesFolder(directory, root, discovery.store)) return true;
  }
  return false;
}

/**
 * Checks whether the directory's manifest depends on the package in that folder by path, and so installs its
 * dependencies.
 */
async function namesFolder(directory: Uri, folder: Uri, store: FileStore): Promise<boolean> {
  const manifest = await loadManifestStructure(directory, store);
  return manifest?.localFolders.some((path) => joinUri(directory, path) === folder) === true;
}

async function loadAll(project: ProjectFiles, store: FileStore): Promise<void> {
  const uris = [...project.manifests, ...project.auditFiles];
  for (const { uri, isBinary } of project.lockfiles) if (!isBinary) uris.push(uri);
  if (project.npmrc !== undefined) uris.push(project.npmrc);
  uris.push(...project.memberNpmrcs, ...project.dotenvs);
  if (project.gitIgnore !== undefined) uris.push(project.gitIgnore);
  await Promise.all(uris.map((uri) => store.load(uri)));
}

/**
 * Assigns files that affected the walk in folders of no project, and unreadable folders, to the project around them, or
 * else to the first.
 */
function withAlsoRead(projects: readonly ProjectFiles[], walked: readonly WalkedDirectory[]): ProjectFiles[] {
  const files = new Map<Uri, Uri[]>();
  const folders = new Map<Uri, Set<Uri>>();
  for (const { root, unreadFolders } of projects) folders.set(root, new Set(unreadFolders));
  for (const { uri: directory, fileNames, isUnread } of walked) {
    const read = ['.gitignore', POLICY_FILE].filter((name) => fileNames.has(name));
    const owner = projects.findLast(({ root }) => isWithin(root, directory)) ?? projects[0];
    if (owner === undefined) continue;
    if (isUnread) folders.get(owner.root)?.add(directory);
    if (read.length === 0) continue;
    const uris = read.map((name) => joinUri(directory, name));
    files.set(owner.root, [...(files.get(owner.root) ?? []), ...uris]);
  }
  return projects.map((project) => ({
    ...project,
    alsoRead: files.get(project.root) ?? [],
    unreadFolders: [...(folders.get(project.root) ?? [])],
  }));
}
