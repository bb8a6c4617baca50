import type { Readable, Writable } from 'node:stream';
import { LINK, MODULE } from './git-items.ts';
import type { GitProcess } from './git-run.ts';
import { textsBefore } from './texts-before.ts';
import { limitTime } from './time-limit.ts';

/** A regular file in a tree. */
export interface TreeFile {
  readonly path: string;
  readonly object: string;
}

export interface TreesOptions {
  readonly start: (args: readonly string[], stdin: 'pipe') => GitProcess;
  readonly signal: AbortSignal;
  /** Which files are kept. */
  readonly isWanted: (path: string) => boolean;
}

/** The id of a tree without files, which git knows without storing it, by the length of ids. */
const EMPTY_TREES: ReadonlyMap<number, string> = new Map([
  [40, '4b825dc642cb6eb9a060e54bf8d69288fbee4904'],
  [64, '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'],
]);
const LISTING = ['diff-tree', '--stdin', '-r', '--raw', '-z', '--no-renames', '--no-abbrev'];
/** The trees before a file's line, the file's mode and object. */
const ITEM = /^((?:[\da-f]+ [\da-f]+\n)*):\d+ (\d+) [\da-f]+ ([\da-f]+) \w$/;
/** git ends at a damaged tree, and is started again behind it. */
const MOST_STARTS = 50;
const MOST_MS = 30_000;
const MOST_FILES = 1_000_000;

/** Checks the mode of an item that is no folder: links and submodules are no files. */
export function isRegularFile(mode: string): boolean {
  return mode !== LINK && mode !== MODULE.trim();
}

/** Lists the files of trees with one process. A tree that cannot be listed whole is missing from the result. */
export async function filesOfTrees(
  trees: Iterable<string>,
  options: TreesOptions,
): Promise<ReadonlyMap<string, readonly TreeFile[]>> {
  const found = new Map<string, readonly TreeFile[]>();
  let left = [...new Set(trees)];
  for (let starts = 0; left.length > 0 && starts < MOST_STARTS; starts++) {
    const { listed, failed } = await listOnce(left, options);
    options.signal.throwIfAborted();
    for (const [tree, files] of listed) found.set(tree, files);
    left = failed === undefined ? [] : left.slice(left.indexOf(failed) + 1);
  }
  return found;
}

/** Lists until git ends, and returns the tree at which it failed. */
async function listOnce(
  trees: readonly string[],
  { start, signal, isWanted }: TreesOptions,
): Promise<{
  readonly listed: ReadonlyMap<string, readonly TreeFile[]>;
  readonly failed: string | undefined;
}> {
  const child = start(LISTING, 'pipe');
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  const stdin = child.stdin as Writable;
  stdin.on('error', () => undefined);
  child.stderr?.resume();
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  const limit = limitTime([child], () => MOST_MS);
  let files = 0;
  stdin.end(trees.map((tree) => `${EMPTY_TREES.get(tree.length)} ${tree}\n`).join(''));
  const listed = new Map<string, TreeFile[]>();
  let current: string | undefined;
  let item: RegExpExecArray | null = null;
  for await (const text of textsBefore(0, child.stdout as Readable)) {
    if (item !== null) {
      const [, , mode, object] = item;
      if (isRegularFile(mode!) && current !== undefined && isWanted(text)) {
        if (++files > MOST_FILES) break;
        listed.get(current)?.push({ path: text, object: object! });
      }
      item = null;
      continue;
    }
    item = ITEM.exec(text);
    for (const [, tree] of item?.[1]?.matchAll(/ ([\da-f]+)\n/g) ?? []) {
      current = tree!;
      listed.set(current, []);
    }
  }
  if (files > MOST_FILES) stop();
  const code = await ended;
  limit.clear();
  signal.removeEventListener('abort', stop);
  if (code === 0) return { listed, failed: undefined };
  // git writes the files of a tree once it has read all of it, unless it is ended from outside.
  if (code === null && current !== undefined) listed.delete(current);
  if (limit.reason() !== undefined || files > MOST_FILES) return { listed, failed: undefined };
  return { listed, failed: trees[current === undefined ? 0 : trees.indexOf(current) + 1] };
}
