import { compareGraphs, type Difference } from './compare.ts';
import type { LockfileProject } from './lockfile-project.ts';
import type { NormalGraph } from './normal-form.ts';

/** A package for which our graph differs from the oracle, with the reason why ours is correct. */
export interface KnownDifference {
  /** The project's name. */
  readonly project: string;
  readonly of: string;
  /** The sentence of the formats' description that justifies it. */
  readonly because: string;
  /** The oracle that it is about, if a project has more than one. */
  readonly oracle: 'Yarn' | undefined;
}

const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];

/** Returns differences that are not in the table, and unused lines of the table. */
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
