import type { BadPackage } from './bad-package.ts';
import { admits, declaresOthersOnly } from './declared-places.ts';
import { type Dependent, findDependents, overridesMeant, rangeOf } from './dependents.ts';
import type { Planning } from './lift.ts';

/** The maximum number of packages between the version and the project's own declarations. */
const DEEPEST = 5;

/**
 * Checks whether only the lockfile still has a version: neither the project's declarations or overrides select it any
 * more, nor the packages that pull it in. This is the state between a fix and the next install.
 */
export function isStale(bad: BadPackage, planning: Planning, depth = 0): boolean {
  const { graph, context, choice } = planning;
  if (graph === undefined || depth > DEEPEST) return false;
  const { all } = findDependents(graph, context.project, choice, bad.name);
  const dependents = all.filter(({ version }) => version === bad.version);
  return dependents.length > 0 && dependents.every((each) => isGoneFrom(each, bad, planning, depth));
}

function isGoneFrom(dependent: Dependent, bad: BadPackage, planning: Planning, depth: number): boolean {
  const { by } = dependent;
  const overrides = overridesMeant(planning.context.project, dependent);
  if (overrides.length > 0) {
    return overrides.every(({ effective }) => {
      const range = rangeOf(bad.name, effective);
      return range !== undefined && !admits(range, bad.version);
    });
  }
  if (by === undefined) return declaresOthersOnly(planning.context, bad);
  const { name, version, entry } = by;
  if (version === undefined || entry.source !== 'registry') return false;
  return isStale({ name, version }, planning, depth + 1);
}
