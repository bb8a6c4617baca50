import { judgeName } from '../../../core/know/identity/confusable-with.ts';
import { popularNamesIn } from '../../../core/know/identity/popular-names.ts';
import { splitRegistryKey } from '../../../core/read/manager/decision-key.ts';
import { bundledPopularNames } from '../../bundled-data.ts';

/**
 * Returns sentences about typed names that could be mistaken for popular ones, such as `"lodahs" looks like "lodash".`:
 * what the package manager cannot resolve may be a mistyped name.
 */
export function deceptiveNames(specs: readonly string[]): readonly string[] {
  const popular = popularNamesIn(bundledPopularNames());
  return specs.flatMap((spec) => {
    const name = splitRegistryKey(spec)?.name;
    const verdict = name === undefined ? undefined : judgeName(name, popular);
    return verdict === undefined ? [] : `"${name}" looks like "${verdict.target}": it ${verdict.evidence}.`;
  });
}
