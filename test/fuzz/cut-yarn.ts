import type { LockEntry, Lockfile } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import { closureOf } from './closure.ts';
import type { Random } from './random.ts';

/** Returns a yarn.lock with a few packages of this one; head and entries are its own lines. */
export function cutYarn(lock: Lockfile, random: Random): string {
  const all: readonly LockEntry[] = [...lock.entries, ...lock.links, ...lock.importers.values()];
  const byKey = new Map(all.map((entry) => [entry.key, entry]));
  const needs = (key: string): readonly string[] => {
    const entry = byKey.get(key)!;
    return entry.edges.flatMap((edge) => {
      if (edge.section === 'peerDependencies') return [];
      // Resolutions may choose the entry; with all entries of the name, the file is complete in any case.
      const target = lock.follow(entry, edge);
      if (target !== undefined) return [target.key];
      return all.filter(({ name, alias }) => name === edge.name || alias === edge.name).map(({ key }) => key);
    });
  };
  const size = ({ span }: LockEntry) => span.end - span.start;
  const packages = lock.entries.map(({ key }) => key);
  const kept = closureOf(packages, needs, (key) => size(byKey.get(key)!), random);
  const first = Math.min(...all.map(({ span }) => span.start));
  const blocks = all
    .filter(({ key }) => kept.has(key))
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span }) => `${lock.text.slice(span.start, span.end)}\n`);
  return lock.text.slice(0, first) + blocks.join('\n');
}
