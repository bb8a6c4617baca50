import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import type { OpenFolders } from './open-folders.ts';
import { checkedFilesOf } from './project-files.ts';
import type { ProjectIndex } from './project-index.ts';

/** The loaded projects, their files, and the folders that bound the search for them. */
export interface Loaded {
  readonly store: FileStore;
  readonly folders: OpenFolders;
  readonly index: ProjectIndex;
}

/** Opens and closes folders, and drops the projects whose bound changes with them. */
export function setFolders({ store, folders, index }: Loaded, next: readonly Uri[]): void {
  const boundOf = (root: Uri) => folders.boundOf(joinUri(root, 'package.json'));
  const before = new Map(index.roots().map((root) => [root, boundOf(root)]));
  const closed: Uri[] = [];
  folders.set(next);
  for (const [root, bound] of before) {
    const isOpen = folders.contains(root);
    if (isOpen && boundOf(root) === bound) continue;
    index.delete(root);
    if (!isOpen) closed.push(root);
  }
  for (const root of closed) release(root, { store, index });
  index.indexOwners();
}

/** Drops projects outside every open folder that have no open file. */
export function dropUnheld({ store, folders, index }: Loaded): void {
  const isOpen = (uri: Uri) => store.overlayOf(uri) !== undefined;
  const unheld = index
    .all()
    .filter((project) => !folders.contains(project.root) && ![...checkedFilesOf(project)].some(isOpen));
  for (const { root } of unheld) index.delete(root);
  if (unheld.length > 0) index.indexOwners();
  for (const { root } of unheld) release(root, { store, index });
}

/** Releases the files of a dropped project, unless another project may have read them too. */
export function release(root: Uri, { store, index }: Pick<Loaded, 'store' | 'index'>): void {
  if (!index.isNear(root)) store.releaseBelow(root);
}
