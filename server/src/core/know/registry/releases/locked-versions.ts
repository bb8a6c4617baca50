import type { Lockfile } from '../../../read/lockfile/model/lockfile.ts';
import type { Project } from '../../../read/project/project.ts';

const known = new WeakMap<Lockfile, ReadonlyMap<string, ReadonlySet<string>>>();

/** Returns the versions of a package in the project's lockfile: rules check more facts on these than on others. */
export function lockedVersions({ lockfile }: Project, name: string): ReadonlySet<string> | undefined {
  if (lockfile === undefined) return undefined;
  let versions = known.get(lockfile);
  if (versions === undefined) {
    versions = versionsByName(lockfile);
    known.set(lockfile, versions);
  }
  return versions.get(name);
}

function versionsByName({ entries }: Lockfile): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, version } of entries) {
    if (version === undefined) continue;
    const versions = found.get(name);
    if (versions === undefined) found.set(name, new Set([version.value]));
    else versions.add(version.value);
  }
  return found;
}
