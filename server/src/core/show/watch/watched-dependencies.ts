import { lockedPackages } from '../../know/advisory/locked-packages.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { type DirectDependency, directDependencies } from './direct-dependencies.ts';

/**
 * Returns what is watched, each package once, sorted by name: direct dependencies, what the policy lists as critical as far
 * as it is locked, and if wanted everything else that is locked.
 */
export function watchedDependencies(
  { project, files }: { readonly project: Project; readonly files: ReadonlyMap<Uri, CheckedFile> },
  isTransitive: boolean,
): readonly DirectDependency[] {
  const direct = directDependencies(project, files.values());
  const { lockfile, memberNames, policy } = project;
  const critical = new Set(policy.watch.critical);
  if (lockfile === undefined || (!isTransitive && critical.size === 0)) return direct;
  const known = new Set(direct.map(({ name }) => name));
  const others = [...lockedPackages(lockfile)].flatMap(([name, versions]): DirectDependency[] =>
    known.has(name) || memberNames.has(name) || !(isTransitive || critical.has(name))
      ? []
      : // Nobody chose a range for it, so a new major version is no news.
        [{ name, locked: new Set(versions), specifiers: [], isUpdatable: critical.has(name) }],
  );
  return [...direct, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
}
