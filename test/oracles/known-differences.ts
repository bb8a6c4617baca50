import { compareGraphs, type Difference } from './compare.ts';
import type { LockfileProject } from './lockfile-project.ts';
import type { NormalGraph } from './normal-form.ts';

/** A package of which our graph says something else than the oracle, and why that is right. */
export interface KnownDifference {
  /** The project's name. */
  readonly project: string;
  readonly of: string;
  /** The sentence of the formats' description that justifies it. */
  readonly because: string;
  /** Where a project has more than one oracle, the one that it is of. */
  readonly oracle: 'Yarn' | undefined;
}

const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];

/** Differences that the table does not have, and lines of the table that nothing needs. */
export function differencesOf(
  { name, packages }: LockfileProject,
  ours: NormalGraph,
  theirs: NormalGraph,
  oracle?: KnownDifference['oracle'],
): { readonly unknown: readonly Difference[]; readonly unused: readonly KnownDifference[] } {
  const known = KNOWN_DIFFERENCES.filter((each) => each.project === name && each.oracle === oracle);
  if (known.length > packages / 1000) throw new Error(`More than 0.1 % of ${name} is said to differ`);
  const differences = compareGraphs(ours, theirs);
  return {
    unknown: differences.filter(({ of }) => !known.some((each) => each.of === of)),
    unused: known.filter((each) => !differences.some(({ of }) => each.of === of)),
  };
}
