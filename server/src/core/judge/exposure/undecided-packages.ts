import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import { declaredPackages, lockedPackages } from '../../know/advisory/locked-packages.ts';
import { NO_KEY, releaseKey } from '../../know/advisory/reports/release-key.ts';
import { parseVersion } from '../../know/advisory/version-intervals.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { Project } from '../../read/project/project.ts';
import { reportsIn } from './affecting.ts';

/** A package in use for which advisories do not state whether they affect it. */
export interface UndecidedPackage {
  readonly name: string;
  /** Undefined if the lockfile has no readable version. */
  readonly version: string | undefined;
  /** The undecided advisories, highest severity first; empty if there is no version to decide about. */
  readonly advisories: readonly Advisory[];
}

/**
 * Returns the packages that advisories leave undecided, sorted by name: the range of affected versions is unreadable or
 * its end is missing, or the lockfile has no comparable version. Without a lockfile, judges the exact versions in the
 * manifests.
 *
 * @param accepts whether the project accepts the advisory for that package and version
 */
export function undecidedPackages(
  project: Pick<Project, 'lockfile' | 'policy' | 'npmConfig' | 'memberNames'>,
  manifests: Iterable<Manifest>,
  advisories: Advisories,
  accepts: (advisory: Advisory, name: string, version: string) => boolean,
): readonly UndecidedPackage[] {
  const { lockfile } = project;
  const reportsOf = reportsIn(project, advisories);
  const undecided: UndecidedPackage[] = lockfile === undefined ? [] : [...withoutVersion(lockfile)];
  const packages = lockfile === undefined ? declaredPackages(manifests) : lockedPackages(lockfile);
  for (const [name, versions] of packages) {
    const reports = reportsOf(name);
    if (reports.length === 0) continue;
    for (const version of versions) {
      const open = reports.filter(
        (advisory) => advisory.affects(version) === 'unknown' && !accepts(advisory, name, version),
      );
      if (open.length > 0) undecided.push({ name, version, advisories: open });
    }
  }
  return undecided.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Yields registry entries without a usable version: their package manager requests one from the registry. */
function* withoutVersion({ entries }: Lockfile): Generator<UndecidedPackage> {
  const seen = new Set<string>();
  for (const entry of entries) {
    const { version, name } = entry;
    // The source is read last: it takes the URL of an entry apart, and nearly all have a version.
    if (version !== undefined && isVersion(version.value)) continue;
    if (entry.source !== 'registry' || seen.has(name)) continue;
    seen.add(name);
    yield { name, version: undefined, advisories: [] };
  }
}

/** Tests for a release first, which is cheaper and covers nearly all. */
function isVersion(text: string): boolean {
  return releaseKey(text) !== NO_KEY || parseVersion(text) !== undefined;
}
