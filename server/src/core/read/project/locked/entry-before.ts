import semver from 'semver';
import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { groupBy } from '../../text/group-by.ts';
import { memoizeOf } from '../../text/remember-of.ts';

/** The registry packages of a lockfile by name, from the highest version to the lowest. */
const highestFirst = memoizeOf(({ entries }: Lockfile) => {
  const ofRegistry = entries.filter(
    ({ source, version }) => source === 'registry' && semver.valid(version?.value) !== null,
  );
  const parsed = ofRegistry.map((entry) => ({ entry, version: semver.parse(entry.version!.value)! }));
  const byName = groupBy(parsed, ({ entry }) => entry.name);
  return new Map(
    Array.from(byName, ([name, all]) => [
      name,
      [...all].sort((a, b) => semver.rcompare(a.version, b.version)),
    ]),
  );
});

/** Returns the highest lower version of a registry package in another state of the lockfile, or else any other version. */
export function entryBefore({ name, version }: LockEntry, base: Lockfile): LockEntry | undefined {
  const others = highestFirst(base).get(name) ?? [];
  const own = semver.parse(version?.value);
  if (own === null) return others[0]?.entry;
  // The first lower one, by halves: a lockfile may have thousands of versions.
  let [low, high] = [0, others.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (semver.lt(others[middle]!.version, own)) high = middle;
    else low = middle + 1;
  }
  return (others[low] ?? others[0])?.entry;
}
