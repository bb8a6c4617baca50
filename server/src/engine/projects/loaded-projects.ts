import { AUDIT_FILES } from '../../core/read/policy-file/import/audit-ignores.ts';
import { isWithin, joinUri, nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { TextChange } from '../../core/read/text/text-change.ts';
import type { ReadReviewedPolicy } from '../base/reviewed-policies.ts';
import type { AbortSignalLike, ReadResult } from '../ports.ts';
import type { Progress } from '../session.ts';
import { type Discovery, discoverFolder, discoverProject, discoverRoot, startDiscovery } from './discover.ts';
import type { FileStore } from './file-store.ts';
import { type ExcludedFile, isExcludedPath, isSourceName } from './folder-walk.ts';
import { POLICY_FILE } from './path-filters.ts';
import { checkedFilesOf, type ProjectFiles } from './project-files.ts';
import { structureOf } from './structure.ts';
import type { TrackedFiles } from './tracked-files.ts';

/** Which projects are loaded, kept true while files and open texts change. */
export interface LoadedProjects {
  /** Sorted by root. */
  all(): readonly ProjectFiles[];
  /** Whether every project below the folder is loaded. */
  isWhole(folder: Uri): boolean;
  /** Folders that bound the search for roots. Projects that they bound otherwise than before are dropped. */
  setFolders(folders: readonly Uri[]): void;
  /** A configuration file that is used instead of those in the folders. */
  setPolicyFile(uri: Uri | undefined): void;
  /** The open text replaces what was known of the file. Members are looked for again by the next `ensure`. */
  setOverlay(uri: Uri, text: string, edit?: TextChange): void;
  removeOverlay(uri: Uri): Promise<void>;
  /** Loads the project of the file unless it is loaded. Says whether anything changed. */
  ensure(uri: Uri): Promise<boolean>;
  loadFolder(folder: Uri, options?: LoadOptions): Promise<void>;
  /** Says whether anything changed that a loaded project is made of. */
  filesChanged(uris: readonly Uri[]): Promise<boolean>;
}

export interface LoadOptions {
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignalLike | undefined;
  /** Called with each manifest and lockfile that the configuration excludes: looking for them takes time. */
  readonly onExcluded?: ((file: ExcludedFile) => void) | undefined;
}

/** Where projects are looked for. */
export interface ProjectPlaces {
  readonly store: FileStore;
  readonly home?: Uri | undefined;
  readonly tracked?: TrackedFiles | undefined;
  /** See `FilterSources`. */
  readonly reviewedPolicy?: ReadReviewedPolicy | undefined;
}

/**
 * Changes of which files make up a project happen one after the other, so that none works on what another is about to
 * replace. The walk of a whole folder takes long and stays out of that order: what changed meanwhile is looked at again
 * when it ends.
 */
export function createLoadedProjects({
  store,
  home,
  tracked,
  reviewedPolicy,
}: ProjectPlaces): LoadedProjects {
  const found = new Map<Uri, ProjectFiles>();
  const owners = new Map<Uri, Uri | undefined>();
  const wholeFolders = new Set<Uri>();
  const walks = new Set<Set<Uri>>();
  /** Open files whose edits changed more than their content, since projects were last looked for. */
  let restructured = new Set<Uri>();
  /** Files of filters with edits that do not count until they are saved. */
  const edited = new Set<Uri>();
  let folders: readonly Uri[] = [];
  let policyFile: Uri | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  /** The outermost open folder: a root in a folder that is open as well counts for the folders inside it. */
  function boundOf(uri: Uri): Uri {
    const containing = folders.filter((folder) => isWithin(folder, uri)).sort((a, b) => a.length - b.length);
    return containing[0] ?? parentUri(uri);
  }

  function discoveryOf(uri: Uri, { progress, signal, onExcluded }: LoadOptions = {}): Discovery {
    const onDirectory = (count: number) =>
      progress?.report('Looking for package.json files', count, undefined);
    const place = { store, bound: boundOf(uri), policyFile, home, tracked, reviewedPolicy };
    return startDiscovery({ ...place, onDirectory, onExcluded, signal });
  }

  function all(): readonly ProjectFiles[] {
    return [...found.values()].sort((a, b) => (a.root < b.root ? -1 : 1));
  }

  function indexOwners(): void {
    owners.clear();
    addOwners(all());
  }

  function addOwners(projects: readonly ProjectFiles[]): void {
    for (const project of projects) {
      for (const uri of checkedFilesOf(project)) {
        if (owners.get(uri) === undefined) owners.set(uri, project.root);
      }
    }
  }

  /** `asOf` are the folders when the project was looked for: those that were closed since do not come back. */
  function put(project: ProjectFiles, asOf: readonly Uri[]): void {
    const { root, bound } = project;
    const isOpen = folders.some((folder) => isWithin(folder, root));
    if (asOf === folders || (isOpen && bound === boundOf(joinUri(root, 'package.json'))))
      found.set(root, project);
  }

  async function discoverRoots(roots: ReadonlySet<Uri>): Promise<readonly ProjectFiles[]> {
    const projects: ProjectFiles[] = [];
    for (const root of roots) {
      const project = await discoverProject(root, discoveryOf(joinUri(root, 'package.json')));
      if (project !== undefined) projects.push(project);
    }
    return projects;
  }

  /** The project of a file that no loaded one has: again where folders were opened or closed meanwhile. */
  async function discoverOwner(uri: Uri): Promise<readonly ProjectFiles[]> {
    const asOf = folders;
    const root = await discoverRoot(uri, discoveryOf(uri));
    // A file of an open text may be new in a project that is loaded, whether it was saved since or not.
    const isWanted = root !== undefined && (!found.has(root) || mayBelong(nameOf(uri)));
    const projects = isWanted ? await discoverRoots(new Set([root])) : [];
    return asOf === folders ? projects : discoverOwner(uri);
  }

  /** Looks again for the projects that a change of these files may have given other members, or none. */
  async function restructure(changed: ReadonlySet<Uri>): Promise<void> {
    for (const walk of walks) for (const uri of changed) walk.add(uri);
    const asOf = folders;
    const directories = [...changed].map(parentUri);
    const near = [...found.values()].filter(({ root }) =>
      directories.some((directory) => isNear(root, directory)),
    );
    const candidates = [...changed].filter(isFollowed);
    const files = new Set([...candidates, ...near.flatMap((project) => [...checkedFilesOf(project)])]);
    const roots = new Set<Uri>();
    for (const uri of files) {
      if (!isSourceName(nameOf(uri)) || (await store.load(uri)).type === 'missing') continue;
      const root = await discoverRoot(uri, discoveryOf(uri));
      if (root !== undefined) roots.add(root);
    }
    const projects = await discoverRoots(roots);
    for (const { root } of near) found.delete(root);
    for (const project of projects) put(project, asOf);
    for (const folder of wholeFolders) {
      const isFilter = (uri: Uri) => FILTER_FILES.has(nameOf(uri)) || uri === policyFile;
      const hasFilter = [...changed].some((uri) => isFilter(uri) && isWithin(folder, uri));
      if (hasFilter) await walk(folder, discoveryOf(joinUri(folder, 'package.json')));
    }
    indexOwners();
  }

  /** Nobody looks at a project outside of every open folder any more when its last open file was closed. */
  function dropUnheld(): void {
    const isOpen = (uri: Uri) => store.overlayOf(uri) !== undefined;
    const unheld = all().filter(
      (project) =>
        !folders.some((folder) => isWithin(folder, project.root)) &&
        ![...checkedFilesOf(project)].some(isOpen),
    );
    for (const { root } of unheld) found.delete(root);
    if (unheld.length > 0) indexOwners();
    for (const { root } of unheld) release(root);
  }

  /** What was read for a project that was dropped, unless another one may have read it as well. */
  function release(root: Uri): void {
    if (![...found.keys()].some((other) => isNear(other, root))) store.releaseBelow(root);
  }

  /** Whether a new manifest there is to be loaded without being asked for: in a folder or project loaded as a whole. */
  function isFollowed(uri: Uri): boolean {
    return [...wholeFolders, ...found.keys()].some((folder) => isWithin(folder, uri));
  }

  async function walk(folder: Uri, discovery: Discovery): Promise<void> {
    const asOf = folders;
    const projects = await discoverFolder(folder, discovery);
    if (discovery.signal?.aborted === true) return;
    for (const root of [...found.keys()]) if (isWithin(folder, root)) found.delete(root);
    for (const project of projects) put(project, asOf);
  }

  /** Reads the files again. Gives those of which more than the content changed, and whether any content did. */
  async function readAgain(uris: ReadonlySet<Uri>): Promise<{ structure: Set<Uri>; content: boolean }> {
    const structure = new Set<Uri>();
    let content = false;
    for (const uri of uris) {
      const name = nameOf(uri);
      const before = store.peek(uri);
      const structureBefore = structureOf(uri, store, policyFile);
      store.forget(uri);
      if (before === undefined) {
        const isOurs = mayBelong(name) || UNREAD_FILES.has(name);
        if (!isOurs || !isFollowed(uri) || (await isExcludedPath(uri, discoveryOf(uri)))) continue;
      }
      if (UNREAD_FILES.has(name)) structure.add(uri);
      else if (!isSameRead(before, await store.load(uri))) content = true;
      if (structureOf(uri, store, policyFile) !== structureBefore || edited.delete(uri)) structure.add(uri);
    }
    return { structure, content };
  }

  async function settleOverlays(): Promise<void> {
    while (restructured.size > 0) {
      const changed = restructured;
      restructured = new Set();
      await restructure(changed);
    }
  }

  return {
    all,
    setFolders(next) {
      const before = new Map([...found.keys()].map((root) => [root, boundOf(joinUri(root, 'package.json'))]));
      const closed: Uri[] = [];
      folders = next;
      for (const [root, bound] of before) {
        const isOpen = folders.some((folder) => isWithin(folder, root));
        if (isOpen && boundOf(joinUri(root, 'package.json')) === bound) continue;
        found.delete(root);
        if (!isOpen) closed.push(root);
      }
      for (const root of closed) release(root);
      for (const folder of wholeFolders) if (!folders.includes(folder)) wholeFolders.delete(folder);
      indexOwners();
    },
    isWhole: (folder) => [...wholeFolders].some((whole) => isWithin(whole, folder)),
    setPolicyFile(uri) {
      if (uri === policyFile) return;
      policyFile = uri;
      for (const root of found.keys()) restructured.add(joinUri(root, 'package.json'));
    },
    setOverlay(uri, text, edit) {
      const isOpened = store.overlayOf(uri) === undefined;
      const isKnown = store.peek(uri) !== undefined;
      const before = structureOf(uri, store, policyFile);
      store.setOverlay(uri, text, edit);
      if (isOpened && owners.get(uri) === undefined) owners.delete(uri);
      if (!isKnown || structureOf(uri, store, policyFile) === before) return;
      if (FILTER_FILES.has(nameOf(uri))) edited.add(uri);
      else if (isFollowed(uri) || [...found.keys()].some((root) => isNear(root, parentUri(uri))))
        restructured.add(uri);
    },
    removeOverlay(uri) {
      const overlay = store.overlayOf(uri);
      if (overlay === undefined) return Promise.resolve();
      return inTurn(async () => {
        await store.reload(uri);
        const before = structureOf(uri, store, policyFile);
        store.removeOverlay(uri, overlay);
        if (structureOf(uri, store, policyFile) !== before || edited.delete(uri))
          await restructure(new Set([uri]));
        dropUnheld();
        // Its folder may have been closed meanwhile, and its project with it.
        if (!folders.some((folder) => isWithin(folder, uri))) release(parentUri(uri));
      });
    },
    async ensure(uri) {
      if (restructured.size === 0 && owners.has(uri)) return false;
      return inTurn(async () => {
        const settles = restructured.size > 0;
        await settleOverlays();
        if (owners.has(uri)) return settles;
        const added = await discoverOwner(uri);
        for (const project of added) found.set(project.root, project);
        addOwners(added);
        if (!owners.has(uri)) owners.set(uri, undefined);
        return settles || added.length > 0;
      });
    },
    async loadFolder(folder, options) {
      store.forgetBelow(folder);
      const meanwhile = new Set<Uri>();
      walks.add(meanwhile);
      try {
        await walk(folder, discoveryOf(joinUri(folder, 'package.json'), options));
      } finally {
        walks.delete(meanwhile);
      }
      if (options?.signal?.aborted === true) return;
      wholeFolders.add(folder);
      indexOwners();
      if (meanwhile.size > 0) await inTurn(() => restructure(meanwhile));
    },
    filesChanged(uris) {
      for (const uri of uris) if (owners.get(uri) === undefined) owners.delete(uri);
      return inTurn(async () => {
        const below = uris.flatMap((uri) => (store.peek(uri) === undefined ? store.knownBelow(uri) : []));
        const { structure, content } = await readAgain(new Set([...uris, ...below]));
        if (structure.size > 0) await restructure(structure);
        return content || structure.size > 0;
      });
    },
  };
}

/** Whether a change in the directory may give the root other members, or take the root itself in. */
function isNear(root: Uri, directory: Uri): boolean {
  return isWithin(directory, root) || isWithin(root, directory);
}

function mayBelong(name: string): boolean {
  return isSourceName(name) || KNOWN_FILES.has(name);
}

function isSameRead(before: ReadResult | undefined, after: ReadResult): boolean {
  if (before?.type === 'text' && after.type === 'text') return before.text === after.text;
  return (before?.type ?? 'missing') === after.type;
}

/** They decide which paths are looked at. Edits of them count when they are saved. */
const FILTER_FILES: ReadonlySet<string> = new Set(['.gitignore', POLICY_FILE]);
const KNOWN_FILES: ReadonlySet<string> = new Set([
  ...FILTER_FILES,
  '.npmrc',
  'pnpm-workspace.yaml',
  '.yarnrc.yml',
  '.yarnrc',
  'bunfig.toml',
  ...AUDIT_FILES.keys(),
]);
/** Only whether they exist is of interest. */
const UNREAD_FILES: ReadonlySet<string> = new Set(['bun.lockb']);
