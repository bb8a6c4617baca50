import type { Readable } from 'node:stream';
import type { GitProcess } from './git-run.ts';
import type { StoredObjects } from './pack/stored-objects.ts';
import { parentsOf } from './pack/stored-trees.ts';
import { textsBefore } from './texts-before.ts';

const NEW_LINE = 10;

/**
 * Returns, for each of these tips, which of the commits it contains: itself and its ancestors. One walk over the history,
 * parents first, whatever the number of commits and tips; memory is that of the descendants of the commits. Undefined if the
 * history cannot be walked to its end.
 *
 * @param stored reads the commits of a short history
 */
export async function commitsIn(
  tips: ReadonlySet<string>,
  commits: readonly string[],
  start: (args: readonly string[], stdin: 'ignore') => GitProcess,
  stored?: StoredObjects,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const bits = new Map(commits.map((commit, at) => [commit, 1n << BigInt(at)]));
  const contained = new Map<string, bigint>();
  const add = (commit: string, parents: readonly string[]) => {
    const [first = 0n, ...others] = parents.map((parent) => contained.get(parent) ?? 0n);
    let mask = first;
    // Most commits share the number of their parent.
    for (const other of [bits.get(commit) ?? 0n, ...others]) if ((mask & other) !== other) mask |= other;
    if (mask !== 0n) contained.set(commit, mask);
  };
  const near = stored === undefined ? undefined : parentsFirst(tips, stored);
  if (near !== undefined) for (const [commit, parents] of near) add(commit, parents);
  else if (!(await walk(start, add))) return undefined;
  return new Map(
    [...tips].map((tip) => {
      const mask = contained.get(tip) ?? 0n;
      return [tip, commits.filter((commit) => (mask & bits.get(commit)!) !== 0n)];
    }),
  );
}

/** Passes on the commits of all branches, parents first. Returns false if git fails. */
async function walk(
  start: (args: readonly string[], stdin: 'ignore') => GitProcess,
  add: (commit: string, parents: readonly string[]) => void,
): Promise<boolean> {
  const child = start(
    ['rev-list', '--topo-order', '--reverse', '--parents', '--branches', '--remotes'],
    'ignore',
  );
  child.stderr?.resume();
  const ended = new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
  for await (const line of textsBefore(NEW_LINE, child.stdout as Readable)) {
    const [commit = '', ...parents] = line.split(' ');
    add(commit, parents);
  }
  return ended;
}

/** git walks a longer history faster. */
const MOST_NEAR = 1000;

/** Returns the commits behind tips with their parents, each behind these. Undefined if git has to be asked. */
function parentsFirst(
  tips: Iterable<string>,
  stored: StoredObjects,
): ReadonlyMap<string, readonly string[]> | undefined {
  const known = new Map<string, readonly string[]>();
  const ordered = new Map<string, readonly string[]>();
  const waiting = [...tips];
  for (let commit = waiting.at(-1); commit !== undefined; commit = waiting.at(-1)) {
    const parents = known.get(commit) ?? parentsOf(stored, commit);
    if (parents === undefined || known.size > MOST_NEAR) return undefined;
    const isNew = !known.has(commit);
    known.set(commit, parents);
    const left = isNew ? parents.filter((parent) => !known.has(parent)) : [];
    if (left.length > 0) waiting.push(...left);
    else {
      waiting.pop();
      ordered.set(commit, parents);
    }
  }
  return ordered;
}
