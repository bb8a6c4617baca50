import type { Advisory } from '../advisory.ts';
import { npmRange } from '../osv/npm-range.ts';

/**
 * Drops records of careless lists that call every version of a package malware, if a better record of malware in it
 * exists: they concern the same attack, and share no id with it.
 *
 * @param found some of the advisories on a package
 * @param all all of them
 */
export function withoutBlanketClaims(
  found: readonly Advisory[],
  all: () => readonly Advisory[],
): readonly Advisory[] {
  if (!found.some(isBlanketClaim)) return found;
  const isKnownBetter = all().some((each) => each.isMalware && !each.isLow);
  return isKnownBetter ? found.filter((each) => !isBlanketClaim(each)) : found;
}

/** Checks a version first, because that alone reads no record. */
function isBlanketClaim(advisory: Advisory): boolean {
  return (
    advisory.affects(FAR_VERSION) === 'yes' &&
    advisory.isMalware &&
    advisory.isLow &&
    npmRange(advisory.range).isEverything
  );
}

/** Far above what a record with a fix affects. */
const FAR_VERSION = '9999.0.0';
