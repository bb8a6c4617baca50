import type { Advisories } from '../../know/advisory/advisories.ts';
import { lockedPackages } from '../../know/advisory/locked-packages.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { hasId } from './ignored.ts';

/** The advisories or package that an entry accepts. */
export interface AcceptedAdvisory {
  readonly id: string | undefined;
  readonly package: string | undefined;
  readonly version: string | undefined;
}

/**
 * not-locked: no lockfile has the package, or not in that version; not-affected: the advisory is known and affects no
 * locked version.
 */
export type Unused = 'not-locked' | 'not-affected';

/**
 * Returns why an entry accepts nothing that is locked; undefined if it does, or if that is uncertain: another source
 * may know an unknown advisory tomorrow.
 */
export function unusedIgnore(
  accepted: AcceptedAdvisory,
  lockfiles: readonly Lockfile[],
  advisories: Advisories,
): Unused | undefined {
  const { id, package: name, version } = accepted;
  if (name !== undefined) {
    const versions = lockfiles.flatMap((lockfile) => lockedPackages(lockfile).get(name) ?? []);
    const judged = version === undefined ? versions : versions.filter((each) => each === version);
    if (judged.length === 0) return 'not-locked';
    return id !== undefined && isHarmless(id, name, judged, advisories) === true ? 'not-affected' : undefined;
  }
  if (id === undefined) return undefined;
  let isKnown = false;
  for (const lockfile of lockfiles) {
    for (const [each, versions] of lockedPackages(lockfile)) {
      const harmless = isHarmless(id, each, versions, advisories);
      if (harmless === false) return undefined;
      isKnown ||= harmless === true;
    }
  }
  return isKnown ? 'not-affected' : undefined;
}

/**
 * Checks whether the advisory certainly affects none of the versions; undefined if it is not known for this package.
 */
function isHarmless(
  id: string,
  name: string,
  versions: readonly string[],
  advisories: Advisories,
): boolean | undefined {
  // A pending or failed source may still report it.
  if (advisories.sources.some(({ state }) => state === 'pending' || state === 'failed')) return undefined;
  const known = advisories.of(name).filter((advisory) => hasId([advisory.id, ...advisory.aliases], id));
  if (known.length === 0) return undefined;
  return known.every((advisory) => versions.every((version) => advisory.affects(version) === 'no'));
}
