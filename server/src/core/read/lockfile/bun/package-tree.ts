import type { LockEdge, LockEntry } from '../model/lockfile.ts';
import { namesOfPath } from './package-path.ts';

/** A folder that packages are installed in: those of the root, or those of one package. */
interface Folder {
  readonly parent: Folder | undefined;
  readonly children: Map<string, Folder>;
  entry: LockEntry | undefined;
}

/** The locations of packages, to resolve a name from a place: first there, then in the enclosing folders. */
export interface PackageTree {
  resolve(importerPath: string, name: string): LockEntry | undefined;
  follow(from: LockEntry, edge: LockEdge): LockEntry | undefined;
}

/**
 * Builds the tree of `packages`.
 * @param placed the entries of all paths, links included
 * @param importers the workspaces by their path; each has the folder of its name
 */
export function plantPackageTree(
  placed: ReadonlyMap<string, LockEntry>,
  importers: ReadonlyMap<string, LockEntry>,
): PackageTree {
  const root: Folder = { parent: undefined, children: new Map(), entry: undefined };
  const folders = new Map<LockEntry, Folder>();
  for (const [path, entry] of placed) {
    let folder = root;
    for (const name of namesOfPath(path) ?? []) {
      let child = folder.children.get(name);
      if (child === undefined) {
        child = { parent: folder, children: new Map(), entry: undefined };
        folder.children.set(name, child);
      }
      folder = child;
    }
    if (folder === root) continue;
    folder.entry = entry;
    folders.set(entry, folder);
  }

  const resolveIn = (start: Folder, name: string): LockEntry | undefined => {
    for (let folder: Folder | undefined = start; folder !== undefined; folder = folder.parent) {
      const entry = folder.children.get(name)?.entry;
      if (entry !== undefined) return linkedBy(entry, importers);
    }
    return undefined;
  };
  const resolve = (importerPath: string, name: string): LockEntry | undefined => {
    const importer = importers.get(importerPath);
    if (importer === undefined) return undefined;
    // A member without packages of its own has no folder.
    const folder = importerPath === '' ? root : (root.children.get(importer.name) ?? root);
    return resolveIn(folder, name);
  };
  return {
    resolve,
    follow(from, edge) {
      if (importers.get(from.key) === from) return resolve(from.key, edge.name);
      const folder = folders.get(from);
      return folder === undefined ? undefined : resolveIn(folder, edge.name);
    },
  };
}

/** Returns the workspace that a link leads to. */
function linkedBy(entry: LockEntry, importers: ReadonlyMap<string, LockEntry>): LockEntry {
  if (entry.source === 'root') return importers.get('') ?? entry;
  if (entry.source !== 'workspace') return entry;
  const path = entry.resolved?.value.slice('workspace:'.length);
  return (path === undefined ? undefined : importers.get(path)) ?? entry;
}
