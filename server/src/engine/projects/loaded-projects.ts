import { isWithin, isWithinAny, joinUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { TextChange } from '../../core/read/text/text-change.ts';
import { dropUnheld, release, setFolders } from './drop-projects.ts';
import type { FileStore } from './file-store.ts';
import { createOpenFolders } from './open-folders.ts';
import { checkedFilesOf, type ProjectFiles } from './project-files.ts';
import { createProjectIndex } from './project-index.ts';
import { createProjectSearch, isFilterFile, type LoadOptions, type SearchOptions } from './project-search.ts';
import { readAgain } from './read-again.ts';
import { structureOf } from './structure.ts';

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
  /** A policy whose `exclude` globs are then the only ones. */
  setLockedPolicy(uri: Uri | undefined): void;
  /** The open text replaces what was known of the file. Members are looked for again by the next `ensure`. */
  setOverlay(uri: Uri, text: string, edit?: TextChange): void;
  removeOverlay(uri: Uri): Promise<void>;
  /** Loads the project of the file unless it is loaded. Says whether anything changed. */
  ensure(uri: Uri): Promise<boolean>;
  loadFolder(folder: Uri, options?: LoadOptions): Promise<void>;
  /** Says whether anything changed that a loaded project is made of. The files in new folders are new too. */
  filesChanged(uris: readonly Uri[], newFolders?: readonly Uri[]): Promise<boolean>;
}

/** What changed during a walk, which may have looked before it did. */
interface FileChanges {
  readonly uris: Set<Uri>;
  readonly newFolders: Set<Uri>;
  /** Files of which more than the content changed. */
  readonly structure: Set<Uri>;
}

/** Where projects are looked for. */
export interface ProjectPlaces extends Omit<SearchOptions, 'policyFile' | 'lockedPolicy'> {
  readonly store: FileStore;
}

/**
 * Changes of which files make up a project happen one after the other, so that none works on what another is about to
 * replace. The walk of a whole folder takes long and stays out of that order: what changed meanwhile is looked at again
 * when it ends.
 */
export function createLoadedProjects({ store, ...places }: ProjectPlaces): LoadedProjects {
  const loaded = { store, folders: createOpenFolders(), index: createProjectIndex() };
  const { folders, index } = loaded;
  const search = createProjectSearch(loaded, {
    ...places,
    policyFile: () => policyFile,
    lockedPolicy: () => lockedPolicy,
  });
  const inTurn = createTurns();
  /** For each walk of a folder, what changed since it began. */
  const walks = new Set<FileChanges>();
  /** Open files whose edits changed more than their content, since projects were last looked for. */
  let restructured = new Set<Uri>();
  /** Files of filters with edits that do not count until they are saved. */
  const edited = new Set<Uri>();
  let policyFile: Uri | undefined;
  let lockedPolicy: Uri | undefined;

  const structureNow = (uri: Uri) => structureOf(uri, store, policyFile);
  const endsEdit = (uri: Uri) => edited.delete(uri);

  function restructure(changed: ReadonlySet<Uri>): Promise<void> {
    for (const walk of walks) for (const uri of changed) walk.structure.add(uri);
    return search.restructure(changed);
  }

  /** Reads again what was reported. Says whether anything changed that a loaded project is made of. */
  async function apply({ uris, newFolders }: Pick<FileChanges, 'uris' | 'newFolders'>): Promise<boolean> {
    const changed = new Set([...uris, ...store.knownBelow(uris)]);
    for (const folder of newFolders) for (const uri of await search.filesIn(folder)) changed.add(uri);
    for (const uri of changed) index.forgetUnowned(uri);
    const reading = { store, search, structureNow, endsEdit };
    const { structure, content } = await readAgain(changed, reading);
    const outdated = new Set([...structure, ...goneBelow(uris)]);
    if (outdated.size > 0) await restructure(outdated);
    return content || outdated.size > 0;
  }

  /** Returns the files of projects that are gone, whoever noticed that first. */
  function goneBelow(folders: ReadonlySet<Uri>): readonly Uri[] {
    const isGone = (uri: Uri) => isWithinAny(folders, uri) && store.peek(uri)?.type === 'missing';
    return index.all().flatMap((project) => [...checkedFilesOf(project)].filter(isGone));
  }

  async function settleOverlays(): Promise<boolean> {
    const settles = restructured.size > 0;
    while (restructured.size > 0) {
      const changed = restructured;
      restructured = new Set();
      await restructure(changed);
    }
    return settles;
  }

  return {
    all: index.all,
    isWhole: (folder) => [...folders.whole].some((whole) => isWithin(whole, folder)),
    setFolders: (next) => setFolders(loaded, next),
    setPolicyFile(uri) {
      if (uri === policyFile) return;
      policyFile = uri;
      for (const root of index.roots()) restructured.add(joinUri(root, 'package.json'));
    },
    setLockedPolicy(uri) {
      if (uri === lockedPolicy) return;
      lockedPolicy = uri;
      for (const root of index.roots()) restructured.add(joinUri(root, 'package.json'));
    },
    setOverlay(uri, text, edit) {
      const isOpened = store.overlayOf(uri) === undefined;
      const isKnown = store.peek(uri) !== undefined;
      const before = structureNow(uri);
      store.setOverlay(uri, text, edit);
      if (isOpened) index.forgetUnowned(uri);
      if (!isKnown || structureNow(uri) === before) return;
      if (isFilterFile(uri)) edited.add(uri);
      else if (search.isFollowed(uri) || index.isNear(parentUri(uri))) restructured.add(uri);
    },
    removeOverlay(uri) {
      const overlay = store.overlayOf(uri);
      if (overlay === undefined) return Promise.resolve();
      return inTurn(async () => {
        await store.reload(uri);
        const before = structureNow(uri);
        store.removeOverlay(uri, overlay);
        if (structureNow(uri) !== before || endsEdit(uri)) await restructure(new Set([uri]));
        dropUnheld(loaded);
        // Its folder may have been closed meanwhile, and its project with it.
        if (!folders.contains(uri)) release(parentUri(uri), loaded);
      });
    },
    async ensure(uri) {
      if (restructured.size === 0 && index.knowsOwner(uri)) return false;
      return inTurn(async () => {
        const settles = await settleOverlays();
        if (index.knowsOwner(uri)) return settles;
        const isFound = await search.findOwner(uri);
        index.noteUnowned(uri);
        return settles || isFound;
      });
    },
    async loadFolder(folder, options) {
      store.forgetBelow(folder);
      const meanwhile = { structure: new Set<Uri>(), uris: new Set<Uri>(), newFolders: new Set<Uri>() };
      walks.add(meanwhile);
      const isWhole = await search.findBelow(folder, options).finally(() => walks.delete(meanwhile));
      if (!isWhole) return;
      folders.addWhole(folder);
      index.indexOwners();
      if (meanwhile.structure.size > 0) await inTurn(() => restructure(meanwhile.structure));
      if (meanwhile.uris.size + meanwhile.newFolders.size > 0) await inTurn(() => apply(meanwhile));
    },
    filesChanged(uris, newFolders = []) {
      for (const walk of walks) {
        for (const uri of uris) walk.uris.add(uri);
        for (const folder of newFolders) walk.newFolders.add(folder);
      }
      for (const uri of uris) index.forgetUnowned(uri);
      return inTurn(() => apply({ uris: new Set(uris), newFolders: new Set(newFolders) }));
    },
  };
}

/** Returns a function that does one piece of work after the other, whether those before it failed or not. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let queue: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };
}
