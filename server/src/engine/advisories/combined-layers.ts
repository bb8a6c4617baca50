import type { Advisories } from '../../core/know/advisory/advisories.ts';
import type { AdvisoryLayer } from '../../core/know/advisory/advisory-layer.ts';
import { combineAdvisories } from '../../core/know/advisory/reports/combine-advisories.ts';
import { sameArray } from '../units/equality.ts';

type Combined = Pick<Advisories, 'of' | 'affecting'>;

/** Projects that are loaded have few combinations of registries, and change them rarely. */
const MOST = 16;
const isSame = sameArray<AdvisoryLayer>(Object.is);

/** Combines layers, the same ones once: what was compared of them is kept while lockfiles are edited. */
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
