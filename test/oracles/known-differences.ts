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

/** B.3: what a lockfile of Yarn 2 or later has of a package. Settings of the project are not in it. */
const EXTENDED =
  'B.3: an entry has the dependencies that the package declares; packageExtensions of .yarnrc.yml add to them.';

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    project: 'discordjs-berry-v6',
    of: '@storybook/core-common@npm:7.0.15',
    because: EXTENDED,
    oracle: 'Yarn',
  },
  {
    project: 'discordjs-berry-v6',
    of: '@storybook/core-common@npm:7.0.27',
    because: EXTENDED,
    oracle: 'Yarn',
  },
];

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
