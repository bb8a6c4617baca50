import type { Advisory } from '../advisory.ts';
import { npmRange } from '../osv/npm-range.ts';

/**
 * Leaves out records of carelessly made lists that call every version of a package malware, where a better record of malware
 * in it exists: they are about the same attack, and share no id with it.
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

function isBlanketClaim(advisory: Advisory): boolean {
  return advisory.isMalware && advisory.isLow && npmRange(advisory.range).isEverything;
}
