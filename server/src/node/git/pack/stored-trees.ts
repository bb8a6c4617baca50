import type { StoredObjects } from './stored-objects.ts';

/** A line of a tree. */
export interface TreeItem {
  /** In octal digits, six of them. */
  readonly mode: string;
  readonly name: string;
  readonly object: string;
}

/** An item of a tree or of a tree below it. */
export interface TreePath extends Omit<TreeItem, 'name'> {
  readonly path: string;
}

const MAX_OBJECT = 4 * 1024 * 1024;
/** git lists larger trees faster. */
const MOST_TREES = 300;
const MAX_DEPTH = 100;
/** The mode of a folder. */
export const FOLDER = '040000';

/** Returns the tree of a commit; undefined if git has to be asked. */
export function treeOfCommit(objects: StoredObjects, commit: string): string | undefined {
  const found = objects.read(commit, MAX_OBJECT);
  if (found?.type !== 'commit') return undefined;
  return /^tree ([\da-f]{40})\n/.exec(found.content.toString('latin1', 0, 64))?.[1];
}

/** Returns the parents of a commit; undefined if git has to be asked. */
export function parentsOf(objects: StoredObjects, commit: string): readonly string[] | undefined {
  const found = objects.read(commit, MAX_OBJECT);
  if (found?.type !== 'commit') return undefined;
  const [, lines] =
    /^tree [\da-f]{40}\n((?:parent [\da-f]{40}\n)*)/.exec(found.content.toString('latin1')) ?? [];
  return lines?.match(/[\da-f]{40}/g) ?? (lines === undefined ? undefined : []);
}

/** Lists everything below a tree but folders, in git's order; undefined if git has to be asked. */
export function listTree(objects: StoredObjects, tree: string): readonly TreePath[] | undefined {
  const found: TreePath[] = [];
  let trees = 0;
  const visit = (object: string, folder: string, depth: number): boolean => {
    const items = ++trees > MOST_TREES || depth > MAX_DEPTH ? undefined : itemsOf(objects, object);
    if (items === undefined) return false;
    return items.every(({ mode, name, object }) => {
      const path = `${folder}${name}`;
      if (mode === FOLDER) return visit(object, `${path}/`, depth + 1);
      found.push({ mode, path, object });
      return true;
    });
  };
  return visit(tree, '', 0) ? found : undefined;
}

/**
 * Returns the object of a file of a commit; null if there is no such file. Undefined if git has to be asked.
 */
export function fileOfCommit(
  objects: StoredObjects,
  commit: string,
  path: string,
): string | null | undefined {
  let object = treeOfCommit(objects, commit);
  const names = path.split('/');
  for (const [at, name] of names.entries()) {
    const items = object === undefined ? undefined : itemsOf(objects, object);
    if (items === undefined) return undefined;
    const item = items.find((each) => each.name === name);
    const isFolder = item?.mode === FOLDER;
    if (item === undefined || isFolder !== at < names.length - 1) return null;
    object = item.object;
  }
  return object;
}

const [SPACE, ID] = [0x20, 20];

/** Returns the items of one tree, in its order; undefined if git has to be asked. */
export function itemsOf(objects: StoredObjects, tree: string): readonly TreeItem[] | undefined {
  const found = objects.read(tree, MAX_OBJECT);
  if (found?.type !== 'tree') return undefined;
  const { content } = found;
  const items: TreeItem[] = [];
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(SPACE, at);
    const end = space === -1 ? -1 : content.indexOf(0, space);
    if (end === -1 || end + 1 + ID > content.length) return undefined;
    items.push({
      mode: content.toString('latin1', at, space).padStart(6, '0'),
      name: content.toString('utf8', space + 1, end),
      object: content.toString('hex', end + 1, end + 1 + ID),
    });
    at = end + 1 + ID;
  }
  return items;
}
