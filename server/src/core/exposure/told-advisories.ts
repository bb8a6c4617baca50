import type { Advisories } from '../advisory/advisories.ts';
import type { Advisory } from '../advisory/advisory.ts';
import { compareAdvisories } from '../advisory/compare-advisories.ts';
import type { FoundAdvisory } from '../finding.ts';
import { type AdvisoryFacts, factsOf, foundAdvisory } from './advisory-facts.ts';
import { clearingVersion } from './clearing-version.ts';
import type { ExposedPackage, ExposedPlace } from './exposed-place.ts';

/** An advisory at a place, of which a rule tells. */
export interface ToldAdvisory {
  readonly advisory: Advisory;
  readonly facts: AdvisoryFacts;
  /** As findings and ignore entries name it. */
  readonly found: FoundAdvisory;
  /** The package that it affects. */
  readonly of: ExposedPackage;
}

/** The advisories of a place that a rule has to tell, the worst first. */
export function toldAdvisories(
  { own, brought }: Pick<ExposedPlace, 'own' | 'brought'>,
  advisories: Advisories,
  isTold: (advisory: Advisory, found: FoundAdvisory) => boolean,
): readonly ToldAdvisory[] {
  const told: ToldAdvisory[] = [];
  for (const of of own === undefined ? brought : [own, ...brought]) {
    for (const each of tellable(of, advisories)) if (isTold(each.advisory, each.found)) told.push(each);
  }
  return told.sort((a, b) => compareAdvisories(a.advisory, b.advisory));
}

/** The packages of these advisories, each once, that with the worst one first. */
export function toldPackages(told: readonly ToldAdvisory[]): readonly ExposedPackage[] {
  return [...new Set(told.map(({ of }) => of))];
}

const known = new WeakMap<
  ExposedPackage,
  { readonly advisories: Advisories; readonly all: readonly ToldAdvisory[] }
>();

/** Worked out once for a package, as rules ask at every keystroke. */
function tellable(of: ExposedPackage, advisories: Advisories): readonly ToldAdvisory[] {
  const before = known.get(of);
  if (before?.advisories === advisories) return before.all;
  const fixedIn = clearingVersion(advisories, of.name, of.version);
  const all = of.advisories.map((advisory) => {
    const facts = factsOf(of, advisory, fixedIn);
    return { advisory, facts, found: foundAdvisory(facts), of };
  });
  known.set(of, { advisories, all });
  return all;
}
