import { setImmediate } from 'node:timers/promises';
import type { GitChange, GitCommitChanges } from '../git-changes.ts';
import { LINK, MODULE } from '../git-items.ts';
import { createHeldValues } from './held-values.ts';
import { commitsBehind } from './stored-commits.ts';
import type { StoredObjects } from './stored-objects.ts';
import { FOLDER, itemsOf, type TreeItem } from './stored-trees.ts';

export interface StoredChangesOptions {
  /** Checks for a file whose changes are wanted. */
  readonly isWanted: (path: string) => boolean;
  /** Checks for a folder below which none is. */
  readonly isSkipped: (name: string) => boolean;
  readonly signal: AbortSignal;
}

/** git walks a longer history faster than it takes to start. */
const MOST_COMMITS = 1000;
/** The items of the trees that are compared. */
const MOST_ITEMS = 200_000;
/** What is compared, where commits have the same trees again and again. */
const MOST_COMPARED = 2_000_000;
const MOST_HELD = 20_000;
const MAX_DEPTH = 100;
/** Other repositories are read meanwhile. */
const AT_ONCE = 64;

/**
 * Returns what `readChanges` does for a short history, without starting git. Undefined if it is long, or anything in it is
 * not as git writes it or not in the files: git is asked then.
 *
 * @param starts the objects of all references, and further commits
 */
export async function storedChanges(
  objects: StoredObjects,
  starts: readonly string[],
  { isWanted, isSkipped, signal }: StoredChangesOptions,
): Promise<{ readonly changes: readonly GitCommitChanges[]; readonly commits: number } | undefined> {
  const commits = commitsBehind(objects, starts, MOST_COMMITS);
  if (commits === undefined) return undefined;
  const trees = new Map(commits.map(({ commit, tree }) => [commit, tree]));
  const read = orderedItems(objects);
  const found: GitCommitChanges[] = [];
  let compared = 0;
  const isTooMuch = () => ++compared > MOST_COMPARED;
  for (const [at, { commit, tree, parents, authored, committed }] of commits.entries()) {
    const [first] = parents;
    const changes: GitChange[] = [];
    const before = first === undefined ? undefined : trees.get(first)!;
    if (!compareTrees({ before, after: tree }, '', { read, isWanted, isSkipped, isTooMuch, changes }))
      return undefined;
    const kinds = { isMerge: parents.length > 1, parent: first };
    if (changes.length > 0) found.push({ commit, authored, committed, ...kinds, changes });
    if (at % AT_ONCE === AT_ONCE - 1) await setImmediate();
    signal.throwIfAborted();
  }
  return { changes: found, commits: commits.length };
}

type ReadItems = (tree: string) => readonly TreeItem[] | undefined;

const NO_OBJECT = '0'.repeat(40);
const MODES: ReadonlySet<string> = new Set([FOLDER, '100644', '100755', LINK, MODULE.trim()]);

/** Returns a function that reads trees as git writes them, those of the last commits once. */
function orderedItems(objects: StoredObjects): ReadItems {
  const known = createHeldValues<string, readonly TreeItem[]>(MOST_HELD);
  let read = 0;
  return (tree) => {
    const kept = known.of(tree);
    if (kept !== undefined) return kept;
    const items = itemsOf(objects, tree);
    read += items?.length ?? 0;
    if (items === undefined || read > MOST_ITEMS) return undefined;
    for (const [at, item] of items.entries()) {
      if (!MODES.has(item.mode) || item.name === '' || item.object === NO_OBJECT) return undefined;
      if (at > 0 && orderOf(items[at - 1]!, item) >= 0) return undefined;
    }
    known.add(tree, items, items.length);
    return items;
  };
}

interface Comparison {
  readonly read: ReadItems;
  readonly isWanted: (path: string) => boolean;
  readonly isSkipped: (name: string) => boolean;
  /** Called for each item. */
  readonly isTooMuch: () => boolean;
  readonly changes: GitChange[];
}

/** A thing before and after a commit; undefined if there is none. */
interface Sides<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** Adds the changes from one tree to another, in git's order. Returns false if git has to be asked. */
function compareTrees(trees: Sides<string>, folder: string, comparison: Comparison, depth = 0): boolean {
  if (trees.before === trees.after) return true;
  if (depth > MAX_DEPTH) return false;
  const itemsIn = (tree: string | undefined) => (tree === undefined ? [] : comparison.read(tree));
  const [old, now] = [itemsIn(trees.before), itemsIn(trees.after)];
  if (old === undefined || now === undefined) return false;
  for (let [at, to] = [0, 0]; at < old.length || to < now.length; ) {
    const order = at === old.length ? 1 : to === now.length ? -1 : orderOf(old[at]!, now[to]!);
    const before = order <= 0 ? old[at++] : undefined;
    const after = order >= 0 ? now[to++] : undefined;
    if (comparison.isTooMuch()) return false;
    if (before?.object === after?.object && before?.mode === after?.mode) continue;
    const { name, mode } = (after ?? before)!;
    if (mode !== FOLDER) addChange({ before, after }, `${folder}${name}`, comparison);
    else if (!comparison.isSkipped(name)) {
      const below = { before: before?.object, after: after?.object };
      if (!compareTrees(below, `${folder}${name}/`, comparison, depth + 1)) return false;
    }
  }
  return true;
}

function addChange(
  { before, after }: Sides<TreeItem>,
  path: string,
  { isWanted, changes }: Comparison,
): void {
  if (!isWanted(path)) return;
  const objectOf = (item: TreeItem | undefined) => (item?.mode === MODULE.trim() ? undefined : item?.object);
  const change = { before: objectOf(before), after: objectOf(after) };
  if (change.before === undefined && change.after === undefined) return;
  changes.push({ path, ...change, isLink: after?.mode === LINK });
}

/** Compares as git does: a folder's name ends with a slash. */
function orderOf(a: TreeItem, b: TreeItem): number {
  const [one, other] = [sortedName(a), sortedName(b)];
  if (one === other) return 0;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function sortedName({ mode, name }: TreeItem): string {
  return mode === FOLDER ? `${name}/` : name;
}
