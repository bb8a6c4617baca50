import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import { declaredPackages, lockedPackages } from '../../know/advisory/locked-packages.ts';
import { NO_KEY, releaseKey } from '../../know/advisory/reports/release-key.ts';
import { parseVersion } from '../../know/advisory/version-intervals.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { Project } from '../../read/project/project.ts';
import { reportsIn } from './affecting.ts';

/** A package in use of which advisories do not say whether they affect it. */
export interface UndecidedPackage {
  readonly name: string;
  /** Undefined where the lockfile has none that can be read. */
  readonly version: string | undefined;
  /** Those that cannot be decided, worst first; empty where there is no version to decide about. */
  readonly advisories: readonly Advisory[];
}

/**
 * Returns the packages that advisories leave open, sorted by name: the range of affected versions cannot be read or its
 * end is lost, or the lockfile gives no version that could be compared. Without a lockfile the exact versions of the
 * manifests are looked at.
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

/** Entries of registries without a usable version: their package manager asks the registry for one. */
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

/** Nearly all are releases, which is cheaper to see. */
function isVersion(text: string): boolean {
  return releaseKey(text) !== NO_KEY || parseVersion(text) !== undefined;
}
