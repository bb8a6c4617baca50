import semver from 'semver';
import type { Advisories } from '../advisory/advisories.ts';

/** By what the advisories know. */
const known = new WeakMap<object, Map<string, string | undefined>>();

/**
 * The least later version that some advisory names as fixed and that none is known to affect. Undefined where no advisory
 * names one; a registry may then still have it. Worked out once, as rules ask at every keystroke.
 */
export function clearingVersion(advisories: Advisories, name: string, version: string): string | undefined {
  const knowledge = advisories.knowledge ?? advisories;
  let answers = known.get(knowledge);
  if (answers === undefined) {
    answers = new Map();
    known.set(knowledge, answers);
  }
  const key = `${name} ${version}`;
  if (!answers.has(key)) answers.set(key, findClearing(advisories, name, version));
  return answers.get(key);
}

function findClearing(advisories: Advisories, name: string, version: string): string | undefined {
  if (semver.valid(version) === null) return undefined;
  const named = new Set(advisories.of(name).flatMap(({ fixedIn }) => fixedIn));
  return [...named]
    .filter((fixed) => semver.valid(fixed) !== null && semver.gt(fixed, version))
    .sort(semver.compare)
    .find((fixed) => advisories.of(name).every((advisory) => advisory.affects(fixed) === 'no'));
}
