import semver from 'semver';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { CooldownAnswer } from '../../read/project/manager/cooldown.ts';
import type { BadPackage } from './bad-package.ts';
import type { Choice } from './choices-of.ts';
import { findDependents } from './dependents.ts';
import type { Planning } from './lift.ts';
import type { Remedy } from './remedy.ts';

/** The result of a plan according to the advisories themselves. */
export interface CheckedPlan {
  /** The resulting versions of the package, ascending. */
  readonly choices: readonly Choice[];
  /** These, and the versions of other packages that the plan names. */
  readonly named: readonly Choice[];
  readonly clears: readonly Advisory[];
  readonly leaves: readonly Advisory[];
  /** Packages that contain the bad version in their own tarballs, where nothing is replaced. */
  readonly bundlers: readonly LockEntry[];
}

/** Returns undefined if a plan improves nothing. */
export function checkPlan(
  { name, version }: BadPackage,
  choices: readonly Choice[],
  named: readonly Choice[],
  { context, graph, choice }: Planning,
): CheckedPlan | undefined {
  const versions = new Map(choices.map((each) => [each.version, each]));
  if (versions.has(version)) return undefined;
  const leaves = new Map<string, Advisory>();
  for (const taken of versions.keys()) {
    for (const advisory of choice.affecting(name, taken)) leaves.set(advisory.id, advisory);
  }
  const clears = choice.affecting(name, version).filter(({ id }) => !leaves.has(id));
  if (clears.length === 0) return undefined;
  return {
    choices: [...versions.values()].sort((a, b) => semver.compare(a.version, b.version)),
    named,
    clears,
    leaves: [...leaves.values()],
    bundlers:
      graph === undefined ? [] : findDependents(graph, context.project, choice, name).bundlersOf(version),
  };
}

export function resultOf({
  choices,
  named,
  clears,
  leaves,
  bundlers,
}: CheckedPlan): Pick<Remedy, 'versions' | 'coolDown' | 'isListed' | 'clears' | 'leaves' | 'bundlers'> {
  const answers = named.map(({ coolDown }) => coolDown);
  return {
    versions: choices.map(({ version }) => version),
    coolDown: WORST_FIRST.find((answer) => answers.includes(answer)) ?? 'passes',
    isListed: named.every(({ isListed }) => isListed),
    clears: clears.map(({ id }) => id),
    leaves: leaves.map(({ id }) => id),
    bundlers,
  };
}

const WORST_FIRST: readonly CooldownAnswer[] = ['waits', 'unknown', 'exempt', 'passes'];

/** Checks whether the registry no longer has the version. Malware is removed soon after it is found. */
export function isGone({ name, version }: BadPackage, { choice }: Planning): boolean {
  const document = choice.packument(name);
  if (document !== undefined) return !document.versions.has(version);
  return choice.affecting(name, version).some(({ isMalware }) => isMalware);
}
