import type { LockEntry, Lockfile } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import { closureOf } from './closure.ts';
import type { Random } from './random.ts';

/** Returns a bun.lock with a few packages of this one; the entries are its own lines. */
export function cutBun(lock: Lockfile, random: Random): string {
  const byKey = new Map(lock.entries.map((entry) => [entry.key, entry]));
  const needs = (key: string): readonly string[] => {
    const entry = byKey.get(key)!;
    const targets = entry.edges.map((edge) => lock.follow(entry, edge));
    return [
      ...targets.filter((target) => target !== undefined && byKey.has(target.key)),
      ...holders(byKey, key),
    ].map((target) => target!.key);
  };
  const isWhole = (key: string): boolean => {
    const entry = byKey.get(key)!;
    return entry.edges.every((edge) => byKey.get(lock.follow(entry, edge)?.key ?? key) !== undefined);
  };
  const size = ({ span }: LockEntry) => span.end - span.start;
  const keys = [...byKey.keys()].filter(isWhole);
  const kept = closureOf(keys, needs, (key) => size(byKey.get(key)!), random);
  const top = [...kept].filter((key) => !key.includes('/') && random.chance(0.4));
  const version = lock.text.slice(lock.formatVersion!.span.start, lock.formatVersion!.span.end);
  const lines = lock.entries
    .filter(({ key }) => kept.has(key))
    .map(({ span }) => `    ${lock.text.slice(span.start, span.end)},\n`);
  const declared = top.map((name) => `        "${name}": "*",\n`);
  return `{\n  "lockfileVersion": ${version},\n  "workspaces": {\n    "": {\n      "name": "shop",\n      "dependencies": {\n${declared.join('')}      },\n    },\n  },\n  "packages": {\n${lines.join('\n')}  }\n}\n`;
}

/** Returns the packages in whose folders it lies. */
function holders(byKey: ReadonlyMap<string, LockEntry>, key: string): readonly LockEntry[] {
  const found: LockEntry[] = [];
  for (let slash = key.indexOf('/'); slash !== -1; slash = key.indexOf('/', slash + 1)) {
    const holder = byKey.get(key.slice(0, slash));
    if (holder !== undefined) found.push(holder);
  }
  return found;
}
