import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import { compareAdvisories } from '../../know/advisory/reports/compare-advisories.ts';
import type { FoundAdvisory } from '../../read/text/finding.ts';
import { type AdvisoryFacts, factsOf, foundAdvisory } from './advisory-facts.ts';
import { knownFix } from './clearing-version.ts';
import type { ExposedPackage, TakenPackages } from './exposed-place.ts';

/** An advisory at a place that a rule reports. */
export interface ShownAdvisory {
  readonly advisory: Advisory;
  readonly facts: AdvisoryFacts;
  /** The advisory as findings and ignore entries name it. */
  readonly found: FoundAdvisory;
  /** The affected package. */
  readonly of: ExposedPackage;
}

/**
 * Returns the advisories of a place that a rule reports, highest severity first. Keeps the identity of the list while
 * all of them are reported.
 */
export function shownAdvisories(
  { packages }: Pick<TakenPackages, 'packages'>,
  advisories: Advisories,
  isReported: (advisory: Advisory, found: FoundAdvisory) => boolean,
): readonly ShownAdvisory[] {
  const all = worstFirst(packages, advisories);
  const tells = (each: ShownAdvisory) => isReported(each.advisory, each.found);
  return all.every(tells) ? all : all.filter(tells);
}

/** Returns the distinct packages of these advisories, in their order. */
export function reportedPackages(reported: readonly ShownAdvisory[]): readonly ExposedPackage[] {
  return [...new Set(reported.map(({ of }) => of))];
}

interface Known {
  /** The knowledge of the advisories at that time. */
  readonly knowledge: object;
  readonly all: readonly ShownAdvisory[];
}

const known = new WeakMap<object, Known>();

/** Memoizes the result by object, as rules ask for the same ones on every keystroke. */
function remembered(
  of: object,
  advisories: Advisories,
  compute: () => readonly ShownAdvisory[],
): readonly ShownAdvisory[] {
  const knowledge = advisories.knowledge ?? advisories;
  const before = known.get(of);
  if (before?.knowledge === knowledge) return before.all;
  const all = compute();
  known.set(of, { knowledge, all });
  return all;
}

function worstFirst(packages: readonly ExposedPackage[], advisories: Advisories): readonly ShownAdvisory[] {
  if (packages.length === 1) return tellable(packages[0]!, advisories);
  return remembered(packages, advisories, () =>
    packages
      .flatMap((of) => tellable(of, advisories))
      .sort((a, b) => compareAdvisories(a.advisory, b.advisory)),
  );
}

/** Returns those of one package, highest severity first. */
function tellable(of: ExposedPackage, advisories: Advisories): readonly ShownAdvisory[] {
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
