import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import { compareAdvisories } from '../../know/advisory/reports/compare-advisories.ts';
import type { FoundAdvisory } from '../../read/text/finding.ts';
import { type AdvisoryFacts, factsOf, foundAdvisory } from './advisory-facts.ts';
import { knownFix } from './clearing-version.ts';
import type { ExposedPackage, TakenPackages } from './exposed-place.ts';

/** An advisory at a place, of which a rule tells. */
export interface ToldAdvisory {
  readonly advisory: Advisory;
  readonly facts: AdvisoryFacts;
  /** As findings and ignore entries name it. */
  readonly found: FoundAdvisory;
  /** The package that it affects. */
  readonly of: ExposedPackage;
}

/** The advisories of a place that a rule has to tell, the worst first: the same list while all of them are to be told. */
export function toldAdvisories(
  { packages }: Pick<TakenPackages, 'packages'>,
  advisories: Advisories,
  isTold: (advisory: Advisory, found: FoundAdvisory) => boolean,
): readonly ToldAdvisory[] {
  const all = worstFirst(packages, advisories);
  const tells = (each: ToldAdvisory) => isTold(each.advisory, each.found);
  return all.every(tells) ? all : all.filter(tells);
}

/** The packages of these advisories, each once, that with the worst one first. */
export function toldPackages(told: readonly ToldAdvisory[]): readonly ExposedPackage[] {
  return [...new Set(told.map(({ of }) => of))];
}

interface Known {
  /** What the advisories knew then. */
  readonly knowledge: object;
  readonly all: readonly ToldAdvisory[];
}

const known = new WeakMap<object, Known>();

/** The answer that was worked out for an object, as rules ask of the same ones at every keystroke. */
function remembered(
  of: object,
  advisories: Advisories,
  compute: () => readonly ToldAdvisory[],
): readonly ToldAdvisory[] {
  const knowledge = advisories.knowledge ?? advisories;
  const before = known.get(of);
  if (before?.knowledge === knowledge) return before.all;
  const all = compute();
  known.set(of, { knowledge, all });
  return all;
}

function worstFirst(packages: readonly ExposedPackage[], advisories: Advisories): readonly ToldAdvisory[] {
  if (packages.length === 1) return tellable(packages[0]!, advisories);
  return remembered(packages, advisories, () =>
    packages
      .flatMap((of) => tellable(of, advisories))
      .sort((a, b) => compareAdvisories(a.advisory, b.advisory)),
  );
}

/** Of one package, the worst first. */
function tellable(of: ExposedPackage, advisories: Advisories): readonly ToldAdvisory[] {
  return remembered(of, advisories, () => {
    const fix = knownFix(advisories, of.name, of.version);
    const all = advisories.of(of.name);
    return of.advisories.map((advisory) => ({
      advisory,
      facts: factsOf(of, advisory, fix),
      found: foundAdvisory(of, advisory, all),
      of,
    }));
  });
}
