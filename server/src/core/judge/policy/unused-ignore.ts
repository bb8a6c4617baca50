import type { Advisories } from '../../know/advisory/advisories.ts';
import { lockedPackages } from '../../know/advisory/locked-packages.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { hasId } from './ignored.ts';

/** What an entry accepts of advisories. */
export interface AcceptedAdvisory {
  readonly id: string | undefined;
  readonly package: string | undefined;
  readonly version: string | undefined;
}

/**
 * not-locked: no lockfile has the package, or not in that version; not-affected: the advisory is known, and affects no
 * version that is locked.
 */
export type Unused = 'not-locked' | 'not-affected';

/**
 * Why an entry accepts nothing that is locked; undefined where it does, and where that is not certain: an advisory that
 * no source knows may be one that another source knows tomorrow.
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

/** Whether the advisory affects none of the versions for certain; undefined where it is not known for this package. */
function isHarmless(
  id: string,
  name: string,
  versions: readonly string[],
  advisories: Advisories,
): boolean | undefined {
  // What waits for an answer, or did not get one, may still be told otherwise.
  if (advisories.sources.some(({ state }) => state === 'pending' || state === 'failed')) return undefined;
  const known = advisories.of(name).filter((advisory) => hasId([advisory.id, ...advisory.aliases], id));
  if (known.length === 0) return undefined;
  return known.every((advisory) => versions.every((version) => advisory.affects(version) === 'no'));
}
