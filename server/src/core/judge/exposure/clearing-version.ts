import semver from 'semver';
import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';

/**
 * What is known about a fix of a version. fixed: the lowest later version that an advisory names as fixed and that none
 * is known to affect. none: the records are complete and name no such version. unknown: a record does not state where
 * its range ends, or was only requested for some versions.
 */
export type KnownFix =
  | { readonly state: 'fixed'; readonly version: string }
  | { readonly state: 'none' }
  | { readonly state: 'unknown' };

/** Keyed by the knowledge of the advisories. */
const known = new WeakMap<object, Map<string, KnownFix>>();

/** Returns what is known about a fix. Memoized, as rules ask on every keystroke. */
export function knownFix(advisories: Advisories, name: string, version: string): KnownFix {
  const knowledge = advisories.knowledge ?? advisories;
  let answers = known.get(knowledge);
  if (answers === undefined) {
    answers = new Map();
    known.set(knowledge, answers);
  }
  const key = `${name} ${version}`;
  let answer = answers.get(key);
  if (answer === undefined) {
    answer = findFix(advisories.of(name), version);
    answers.set(key, answer);
  }
  return answer;
}

/** Returns the fixed version, if known. */
export function clearingVersion(advisories: Advisories, name: string, version: string): string | undefined {
  const fix = knownFix(advisories, name, version);
  return fix.state === 'fixed' ? fix.version : undefined;
}

/**
 * Returns the lowest release of the registry that no advisory affects, if the registry does not list the fixed version or
 * that is a prerelease; null if it lists none, and undefined if the fixed version is fine.
 *
 * @param fixed the fixed version by the advisories
 * @param listed the versions that the registry lists
 */
export function listedFix(
  advisories: Advisories,
  { name, version, fixed }: { readonly name: string; readonly version: string; readonly fixed: string },
  listed: ReadonlyMap<string, unknown>,
): string | null | undefined {
  const isListed = listed.has(fixed);
  if (isListed && (isRelease(fixed) || !isRelease(version))) return undefined;
  const deciding = decidingAdvisories(advisories.of(name), version);
  const [first] = [...listed.keys()]
    .filter((each) => semver.valid(each) !== null && isRelease(each) && semver.gt(each, fixed))
    .filter((each) => deciding.every((advisory) => advisory.affects(each) === 'no'))
    .sort(semver.compare);
  return first ?? (isListed ? undefined : null);
}

function isRelease(version: string): boolean {
  return semver.prerelease(version) === null;
}

function findFix(all: readonly Advisory[], version: string): KnownFix {
  if (semver.valid(version) === null) return { state: 'unknown' };
  const deciding = decidingAdvisories(all, version);
  const affecting = deciding.filter((advisory) => advisory.affects(version) === 'yes');
  if (affecting.some(isIncomplete)) return { state: 'unknown' };
  const named = new Set(deciding.flatMap(({ fixedIn }) => fixedIn));
  const candidates = [...named]
    .filter((fixed) => semver.valid(fixed) !== null && semver.gt(fixed, version))
    .sort(semver.compare);
  let isUnknown = false;
  for (const fixed of candidates) {
    const verdicts = deciding.map((advisory) => advisory.affects(fixed));
    if (verdicts.includes('yes')) continue;
    if (!verdicts.includes('unknown')) return { state: 'fixed', version: fixed };
    isUnknown = true;
  }
  return { state: isUnknown ? 'unknown' : 'none' };
}

/** Returns the lowest later version that an advisory itself names as fixed; undefined if its record is incomplete. */
export function ownFix(advisory: Advisory, version: string): string | undefined {
  if (semver.valid(version) === null || isIncomplete(advisory)) return undefined;
  return advisory.fixedIn
    .filter((fixed) => semver.valid(fixed) !== null && semver.gt(fixed, version))
    .sort(semver.compare)
    .find((fixed) => advisory.affects(fixed) === 'no');
}

/** Returns the advisories that decide where a version is fixed: low-quality sources do not override others. */
export function decidingAdvisories(all: readonly Advisory[], version: string): readonly Advisory[] {
  const careful = all.filter(({ isLow }) => !isLow);
  return careful.some((advisory) => advisory.affects(version) === 'yes') ? careful : all;
}

export function isIncomplete({ quality, isUnbounded }: Advisory): boolean {
  return quality === 'partial' || isUnbounded;
}
