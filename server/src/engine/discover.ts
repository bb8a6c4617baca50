import { lockfileKindOf } from '../core/lockfile/detect.ts';
import type { LockfileKind } from '../core/lockfile/lockfile.ts';
import { claimDepth, claimsMember } from '../core/project/workspace-claims.ts';
import { isWithin, joinUri, parentUri, relativeUri, type Uri } from '../core/text/uri.ts';
import type { FileStore } from './file-store.ts';
import { isExcludedPath, POLICY_FILE, type WalkedDirectory, walkFolder } from './folder-walk.ts';
import type { AbortSignalLike, FilesPort } from './ports.ts';
import type { LockfileFile, ProjectFiles } from './project-files.ts';

export interface Discovery {
  readonly store: FileStore;
  readonly files: FilesPort;
  /** No root is looked for above this folder. */
  readonly bound: Uri;
  readonly onDirectory?: (count: number) => void;
  readonly signal?: AbortSignalLike | undefined;
}

/**
 * Every project below a folder. Each manifest belongs to the nearest root whose workspaces claim it, else it is a root
 * of its own; that root may lie above the folder. A directory with a lockfile and no manifest is a root as well.
 */
export async function discoverFolder(folder: Uri, discovery: Discovery): Promise<ProjectFiles[]> {
  const directories = new Map<Uri, WalkedDirectory>();
  for await (const directory of walkFolder(folder, { ...discovery, depth: undefined })) {
    if (isOfInterest(directory)) directories.set(directory.uri, directory);
  }
  const roots = new Map<Uri, Uri[]>();
  for (const directory of directories.values()) {
    const root = await rootOf(directory.uri, discovery);
    const members = roots.get(root);
    if (members === undefined) roots.set(root, [directory.uri]);
    else members.push(directory.uri);
  }
  const projects: ProjectFiles[] = [];
  for (const [root, members] of roots) {
    if (discovery.signal?.aborted === true) break;
    // The root lies above the folder: its other members were not walked, and belong to it all the same.
    if (!isWithin(folder, root)) {
      const project = await discoverProject(root, discovery);
      if (project !== undefined) projects.push(project);
    } else {
      projects.push(await describe(root, members.map((uri) => directories.get(uri)!), discovery));
    }
  }
  return projects.sort((a, b) => (a.root < b.root ? -1 : 1));
}

/** The root of the project that a file in this directory belongs to, unless the path is one nobody's project is in. */
export async function discoverRoot(file: Uri, discovery: Discovery): Promise<Uri | undefined> {
  if (await isExcludedPath(file, discovery)) return undefined;
  return rootOf(parentUri(file), discovery);
}

/** The files of the project at a root directory, its members found by the patterns of its workspaces. */
export async function discoverProject(root: Uri, discovery: Discovery): Promise<ProjectFiles | undefined> {
  const claims = await claimsOf(root, discovery.store);
  const depth = claims === undefined ? 0 : claims === 'all' ? undefined : claimDepth(claims);
  const directories: WalkedDirectory[] = [];
  for await (const directory of walkFolder(root, { ...discovery, depth })) {
    if (directory.uri === root) directories.push(directory);
    else if (isOfInterest(directory) && (await rootOf(directory.uri, discovery)) === root) directories.push(directory);
  }
  return directories.length === 0 ? undefined : describe(root, directories, discovery);
}

function isOfInterest({ fileNames }: WalkedDirectory): boolean {
  if (fileNames.has('package.json')) return true;
  for (const name of fileNames) if (lockfileKindOf(name) !== undefined) return true;
  return false;
}

/** The nearest ancestor (the directory itself last of all) whose workspaces claim the directory. */
async function rootOf(directory: Uri, { store, bound }: Discovery): Promise<Uri> {
  if (!isWithin(bound, directory)) return directory;
  for (let at = directory; at !== bound && at !== parentUri(at); ) {
    at = parentUri(at);
    const claims = await claimsOf(at, store);
    if (claims === undefined) continue;
    const path = relativeUri(at, directory);
    if (claims === 'all' || claimsMember(claims, path)) return at;
  }
  return directory;
}

/**
 * The workspace patterns of a directory's manifest. A `pnpm-workspace.yaml` claims every manifest below it, as its own
 * patterns are not read: a member taken for a root would be told that it lacks a lockfile.
 */
async function claimsOf(directory: Uri, store: FileStore): Promise<readonly string[] | 'all' | undefined> {
  const pnpm = await store.load(joinUri(directory, 'pnpm-workspace.yaml'));
  if (pnpm.type === 'text') return 'all';
  const uri = joinUri(directory, 'package.json');
  await store.load(uri);
  const workspaces = store.parsed('manifest', uri, undefined)?.workspaces;
  return workspaces?.patterns.map((pattern) => pattern.value);
}

async function describe(root: Uri, directories: readonly WalkedDirectory[], discovery: Discovery): Promise<ProjectFiles> {
  const manifests: Uri[] = [];
  const lockfiles: LockfileFile[] = [];
  const ordered = [...directories].sort((a, b) => (a.uri === root ? -1 : b.uri === root ? 1 : a.uri < b.uri ? -1 : 1));
  for (const { uri, fileNames } of ordered) {
    if (fileNames.has('package.json')) manifests.push(joinUri(uri, 'package.json'));
    for (const [name, kind] of lockfilesIn(fileNames)) {
      lockfiles.push({ uri: joinUri(uri, name), kind, atRoot: uri === root });
    }
  }
  const rootFiles = ordered.find(({ uri }) => uri === root)?.fileNames ?? new Set<string>();
  const inRoot = (name: string) => (rootFiles.has(name) ? joinUri(root, name) : undefined);
  const project: ProjectFiles = {
    root,
    manifests,
    lockfiles,
    rootFileNames: rootFiles,
    npmrc: inRoot('.npmrc'),
    policy: await nearestPolicy(root, discovery),
    gitIgnore: inRoot('.gitignore'),
    alsoRead: rootFiles.has('pnpm-workspace.yaml') ? [joinUri(root, 'pnpm-workspace.yaml')] : [],
  };
  await loadAll(project, discovery.store);
  return project;
}

function* lockfilesIn(fileNames: ReadonlySet<string>): Iterable<[string, LockfileKind]> {
  for (const name of [...fileNames].sort()) {
    const kind = lockfileKindOf(name);
    if (kind !== undefined) yield [name, kind === 'bun.lockb' ? 'bun' : kind];
  }
}

async function nearestPolicy(root: Uri, { store, bound }: Discovery): Promise<Uri | undefined> {
  for (let at = root; ; at = parentUri(at)) {
    const uri = joinUri(at, POLICY_FILE);
    const read = await store.load(uri);
    if (read.type !== 'missing') return uri;
    if (at === bound || at === parentUri(at) || !isWithin(bound, at)) return undefined;
  }
}

async function loadAll(project: ProjectFiles, store: FileStore): Promise<void> {
  const uris = [...project.manifests, ...project.lockfiles.map(({ uri }) => uri), ...project.alsoRead];
  if (project.npmrc !== undefined) uris.push(project.npmrc);
  if (project.gitIgnore !== undefined) uris.push(project.gitIgnore);
  await Promise.all(uris.map((uri) => store.load(uri)));
}
