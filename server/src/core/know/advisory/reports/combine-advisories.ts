import type { Advisories } from '../advisories.ts';
import type { Advisory } from '../advisory.ts';
import type { AdvisoryLayer } from '../advisory-layer.ts';
import { combinedAdvisory } from './combined-advisory.ts';
import { compareAdvisories } from './compare-advisories.ts';
import { groupReports, type LayeredAdvisory } from './group-reports.ts';
import { withoutBlanketClaims } from './without-blanket-claims.ts';

/** What is known as long as no source has anything to say. */
export const NOTHING_KNOWN: Pick<Advisories, 'of' | 'affecting'> = { of: () => [], affecting: () => [] };

/**
 * What several sources know, as one: reports of the same thing are one advisory, by their ids. Of names that only one
 * source speaks of it is asked directly, as it is for nearly all.
 *
 * @param layers the later ones are the better ones: live ones after those that were built some time ago
 */
export function combineAdvisories(layers: readonly AdvisoryLayer[]): Pick<Advisories, 'of' | 'affecting'> {
  const [only] = layers;
  if (only === undefined) return NOTHING_KNOWN;
  if (layers.length === 1 && only.answered === undefined) return onTheWhole(only);
  const best = layers.toReversed();
  const bestIndex = best.find(({ answered }) => answered === undefined);
  const combined = new Map<string, readonly Advisory[]>();

  const speaking = (name: string) => best.filter((layer) => layer.of(name).length > 0);
  /** Whether a better source has taken the record back since. */
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
      // What the best index is sure of is so whatever live sources say of other packages.
      if (speakers.length === 1 && speakers[0] === bestIndex) return speakers[0]!.affecting(name, version);
      return combine(name, speakers).filter((advisory) => advisory.affects(version) === 'yes');
    },
  });
}

type Known = Pick<Advisories, 'of' | 'affecting'>;

/** Reads a record only where one affects a version, or all on a name are asked for. */
function onTheWhole(known: Known): Known {
  return {
    of: (name) => withoutBlanketClaims(known.of(name), () => known.of(name)),
    affecting: (name, version) => withoutBlanketClaims(known.affecting(name, version), () => known.of(name)),
  };
}
