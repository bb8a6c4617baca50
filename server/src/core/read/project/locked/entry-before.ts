import semver from 'semver';
import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';

/** Returns the highest lower version of a registry package in another state of the lockfile, or else any other version. */
export function entryBefore({ name, version }: LockEntry, base: Lockfile): LockEntry | undefined {
  const others = base.entries.filter(
    (entry) =>
      entry.name === name && entry.source === 'registry' && semver.valid(entry.version?.value) !== null,
  );
  others.sort((a, b) => semver.rcompare(a.version!.value, b.version!.value));
  const own = semver.valid(version?.value);
  return others.find((entry) => own !== null && semver.lt(entry.version!.value, own)) ?? others[0];
}
