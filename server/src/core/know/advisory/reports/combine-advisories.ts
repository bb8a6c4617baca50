import type { Advisories } from '../advisories.ts';
import type { Advisory } from '../advisory.ts';
import type { AdvisoryLayer } from '../advisory-layer.ts';
import { npmRange } from '../osv/npm-range.ts';
import { combinedAdvisory } from './combined-advisory.ts';
import { compareAdvisories } from './compare-advisories.ts';
import { groupReports, type LayeredAdvisory } from './group-reports.ts';

/** The lookups while no source has any result. */
export const NOTHING_KNOWN: Pick<Advisories, 'of' | 'affecting'> = { of: () => [], affecting: () => [] };

/**
 * Combines several sources: reports of the same thing, by their ids, are one advisory. For a name in only one source,
 * as nearly all are, that source is used directly.
 *
 * @param layers better ones last: live ones after those that were built some time ago
 */
export function combineAdvisories(layers: readonly AdvisoryLayer[]): Pick<Advisories, 'of' | 'affecting'> {
  const [only] = layers;
  if (only === undefined) return NOTHING_KNOWN;
  if (layers.length === 1 && only.answered === undefined) return onTheWhole(only);
  const best = layers.toReversed();
  const bestIndex = best.find(({ answered }) => answered === undefined);
  const combined = new Map<string, readonly Advisory[]>();

  const speaking = (name: string) => best.filter((layer) => layer.of(name).length > 0);
  /** Checks whether a better source has withdrawn the record since. */
  const isWithdrawn = ({ advisory, layer }: LayeredAdvisory) =>
    best.slice(0, best.indexOf(layer)).some((better) => better.isWithdrawn?.(advisory.id) === true);
  const combine = (name: string, speakers: readonly AdvisoryLayer[]): readonly Advisory[] => {
    let advisories = combined.get(name);
    if (advisories === undefined) {
      const all = speakers.flatMap((layer): LayeredAdvisory[] =>
        layer.of(name).map((advisory) => ({ advisory, layer })),
      );
      const live = best.filter(({ answered }) => answered !== undefined);
      advisories = groupReports(all.filter((each) => !isWithdrawn(each)))
        .map((group) => combinedAdvisory(group, live))
        .sort(compareAdvisories);
      combined.set(name, advisories);
    }
    return advisories;
  };

  return onTheWhole({
    of(name) {
      const speakers = speaking(name);
      return speakers.length === 0 ? [] : combine(name, speakers);
    },
    affecting(name, version) {
      const speakers = speaking(name);
      if (speakers.length === 0) return [];
      // A definite result of the best index stands, whatever live sources say of other packages.
      if (speakers.length === 1 && speakers[0] === bestIndex) return speakers[0]!.affecting(name, version);
      return combine(name, speakers).filter((advisory) => advisory.affects(version) === 'yes');
    },
  });
}

type Known = Pick<Advisories, 'of' | 'affecting'>;

/** Reads a record only if one affects a version, or all on a name are requested. */
function onTheWhole(known: Known): Known {
  return {
    of: (name) => withoutBlanketClaims(known.of(name), () => known.of(name)),
    affecting: (name, version) => withoutBlanketClaims(known.affecting(name, version), () => known.of(name)),
  };
}

/**
 * Drops records of careless lists that call every version of a package malware, if a better record of malware in it
 * exists: they concern the same attack, and share no id with it.
 *
 * @param found some of the advisories on a package
 * @param all all of them
 */
function withoutBlanketClaims(
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
