import { buildGraph } from '../../core/read/graph/build-graph.ts';
import type { DependencyGraph } from '../../core/read/graph/dependency-graph.ts';
import {
  type InventoryRow,
  inventoryMembers,
  inventoryRows,
} from '../../core/read/inventory/inventory-rows.ts';
import type { IncidentGap } from '../../core/show/report/incident/incident-report.ts';
import { whyNoObject } from '../git/git-failure.ts';
import { ITEM, LINK } from '../git/git-items.ts';
import { readObjects } from '../git/git-objects.ts';
import { timeOfGit } from '../git/git-time.ts';
import { lockfileFrom } from '../incident/judge-lockfile.ts';
import { isOwnLockfile } from '../incident/lockfile-paths.ts';
import { folderOf, manifestPaths, manifestsIn } from '../incident/member-manifests.ts';
import type { RepositoryGit } from '../incident/repository-git.ts';
import { MAX_LOCKFILE } from '../incident/working-tree.ts';
import type { LockfileRows, PublishedRow } from './inventory-table.ts';

/** A lockfile of a commit with its rows, and what a bill of materials needs. */
export interface ReadLockfile extends LockfileRows {
  readonly graph: DependencyGraph;
  /** The texts of manifests by the path of their folder, relative to the lockfile. */
  readonly manifests: ReadonlyMap<string, string>;
}

export interface ReadCommit {
  /** In milliseconds since 1970; undefined if the commit could not be read. */
  readonly committed: number | undefined;
  readonly lockfiles: number;
  readonly gaps: readonly IncidentGap[];
}

export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly publisherOf: (row: InventoryRow) => Promise<string | undefined>;
}

const MAX_LIST = 150 * 1024 * 1024;
const MAX_COMMIT = 10 * 1024 * 1024;

/** Reads the lockfiles of a commit from the object database, one after the other, and passes each on. */
export async function readCommit(
  git: RepositoryGit,
  commit: string,
  { signal, publisherOf }: ReadOptions,
  use: (read: ReadLockfile) => Promise<void>,
): Promise<ReadCommit> {
  const gaps: IncidentGap[] = [];
  const header = await git.run(['cat-file', 'commit', commit], MAX_COMMIT);
  if (header.type === 'failed') return failed(header.reason);
  if (header.code !== 0) return failed(whyNoObject(header.error));
  const seconds = /^committer .* (\d+) [+-]\d{4}$/m.exec(header.out.toString('utf8'))?.[1];
  const committed = timeOfGit(Number(seconds ?? 0));
  const listed = await git.run(['ls-tree', '-r', '-z', '--full-tree', commit], MAX_LIST);
  if (listed.type === 'failed') return failed(listed.reason);
  if (listed.code !== 0) return failed(whyNoObject(listed.error));
  const objects = new Map<string, string>();
  for (const line of listed.out.toString('utf8').split('\0')) {
    const item = ITEM.exec(line);
    if (item === null || item[2] !== 'blob') continue;
    const path = line.slice(item[0].length);
    if (item[1] !== LINK) {
      // Names that are no UTF-8 may become the same text.
      if (objects.has(path) && isOwnLockfile(path))
        gaps.push({ subject: path, reason: 'another path in HEAD is the same as text' });
      objects.set(path, item[3]!);
    } else if (isOwnLockfile(path)) gaps.push({ subject: path, reason: 'it is a symbolic link in HEAD' });
  }
  const contents = async (paths: readonly string[]): Promise<ReadonlyMap<string, Buffer | string>> => {
    const found = new Map<string, Buffer | string>();
    const start = () => git.start(['cat-file', '--batch', '--buffer'], 'pipe');
    let next = 0;
    const names = paths.map((path) => objects.get(path)!);
    await readObjects(names, { start, maxBytes: MAX_LOCKFILE, signal }, ({ content, reason }) => {
      found.set(
        paths[next++]!,
        content === undefined ? (reason ?? 'it cannot be read') : Buffer.from(content),
      );
    });
    return found;
  };
  const paths = [...objects.keys()].filter(isOwnLockfile).sort();
  const folders = new Set(paths.map(folderOf));
  for (const path of paths) {
    signal.throwIfAborted();
    const folder = folderOf(path);
    const read = await contents([path, ...manifestPaths(folder, objects.keys(), folders)]);
    const bytes = read.get(path)!;
    if (typeof bytes === 'string') {
      gaps.push({ subject: path, reason: bytes });
      continue;
    }
    const lockfile = lockfileFrom(bytes, path);
    if (lockfile === undefined || lockfile.status !== 'checked')
      gaps.push({ subject: path, reason: (lockfile?.reason ?? 'it is no text').replace(/\.$/, '') });
    if (lockfile === undefined) continue;
    const texts = new Map<string, string>();
    for (const [file, text] of read) {
      if (file === path) continue;
      if (typeof text === 'string') gaps.push({ subject: file, reason: text });
      else texts.set(folderOf(file).slice(folder.length).replace(/\/$/, ''), text.toString('utf8'));
    }
    const graph = buildGraph(lockfile, { manifests: manifestsIn(lockfile, texts) });
    const rows: PublishedRow[] = [];
    for (const row of inventoryRows(graph)) rows.push({ ...row, publisher: await publisherOf(row) });
    await use({ lockfile: path, rows, members: inventoryMembers(graph), graph, manifests: texts });
  }
  return { committed, lockfiles: paths.length, gaps };
}

function failed(reason: string): ReadCommit {
  return { committed: undefined, lockfiles: 0, gaps: [{ subject: 'HEAD', reason }] };
}
