import type { Advisories } from '../../core/know/advisory/advisories.ts';
import type { AdvisoryLayer } from '../../core/know/advisory/advisory-layer.ts';
import { combineAdvisories } from '../../core/know/advisory/reports/combine-advisories.ts';
import { sameArray } from '../units/equality.ts';

type Combined = Pick<Advisories, 'of' | 'affecting'>;

/** The loaded projects have few combinations of registries, which rarely change. */
const MOST = 16;
const isSame = sameArray<AdvisoryLayer>(Object.is);

/** Returns a function that combines layers, memoized so that comparisons are kept while lockfiles are edited. */
export function createCombinedLayers(): (layers: readonly AdvisoryLayer[]) => Combined {
  const known: { readonly layers: readonly AdvisoryLayer[]; readonly combined: Combined }[] = [];
  return (layers) => {
    const found = known.find((each) => isSame(each.layers, layers));
    if (found !== undefined) return found.combined;
    const combined = combineAdvisories(layers);
    known.unshift({ layers, combined });
    known.splice(MOST);
    return combined;
  };
}
