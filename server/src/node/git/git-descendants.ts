import type { Readable } from 'node:stream';
import type { GitProcess } from './git-run.ts';
import { textsBefore } from './texts-before.ts';

const NEW_LINE = 10;

/**
 * Returns, for each of these tips, which of the commits it contains: itself and its ancestors. One walk over the history,
 * parents first, whatever the number of commits and tips; memory is that of the descendants of the commits. Undefined if the
 * history cannot be walked to its end.
 */
export async function commitsIn(
  tips: ReadonlySet<string>,
  commits: readonly string[],
  start: (args: readonly string[], stdin: 'ignore') => GitProcess,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const child = start(
    ['rev-list', '--topo-order', '--reverse', '--parents', '--branches', '--remotes'],
    'ignore',
  );
  child.stderr?.resume();
  const ended = new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
  const bits = new Map(commits.map((commit, at) => [commit, 1n << BigInt(at)]));
  const contained = new Map<string, bigint>();
  for await (const line of textsBefore(NEW_LINE, child.stdout as Readable)) {
    const [commit = '', ...parents] = line.split(' ');
    const [first = 0n, ...others] = parents.map((parent) => contained.get(parent) ?? 0n);
    let mask = first;
    // Most commits share the number of their parent.
    for (const other of [bits.get(commit) ?? 0n, ...others]) if ((mask & other) !== other) mask |= other;
    if (mask !== 0n) contained.set(commit, mask);
  }
  if (!(await ended)) return undefined;
  return new Map(
    [...tips].map((tip) => {
      const mask = contained.get(tip) ?? 0n;
      return [tip, commits.filter((commit) => (mask & bits.get(commit)!) !== 0n)];
    }),
  );
}
