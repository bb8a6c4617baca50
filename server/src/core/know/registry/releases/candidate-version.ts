import semver from 'semver';
import { askCooldown, type Cooldown } from '../../../read/project/manager/cooldown.ts';
import type { Packument, PackumentVersion } from '../documents/packument.ts';

export interface CandidateQuestion {
  readonly packument: Packument;
  /** A range as normalized by semver; `*` for any version. */
  readonly range: string;
  readonly coolDown: Cooldown;
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * The version in use, if any: only if it is a prerelease are later prereleases of the same version candidates too,
   * besides those that the range itself includes.
   */
  readonly current?: string | undefined;
  /** Checks further requirements: the project's `engines`, the same publisher. */
  accepts?(version: PackumentVersion): boolean;
}

/**
 * Returns the newest version in a range that this project may use now: not deprecated, and past the cooldown. A version
 * with an unknown publish time is not past it. If `latest` is in the range, versions above it do not count, because its
 * publishers hold them back. Undefined if there is none.
 */
export function candidateVersion(question: CandidateQuestion): PackumentVersion | undefined {
  for (const version of versionsInRange(question)) {
    const found = question.packument.versions.get(version);
    if (found === undefined || found.deprecated !== undefined) continue;
    if (question.accepts?.(found) === false) continue;
    if (hasPassed(question, version)) return found;
  }
  return undefined;
}

/** Returns the newest version in the range, whatever its age: what package managers without a cooldown choose. */
export function newestInRange(
  question: Pick<CandidateQuestion, 'packument' | 'range' | 'current'>,
): PackumentVersion | undefined {
  const { versions } = question.packument;
  const inRange = versionsInRange(question);
  const chosen = inRange.find((version) => versions.get(version)?.deprecated === undefined) ?? inRange[0];
  return chosen === undefined ? undefined : versions.get(chosen);
}

/** Highest first. */
function versionsInRange({
  packument,
  range,
  current,
}: Pick<CandidateQuestion, 'packument' | 'range' | 'current'>): readonly string[] {
  const parsed = validRange(range);
  if (parsed === undefined) return [];
  const ceiling = ceilingOf(packument, parsed, current);
  const found: semver.SemVer[] = [];
  for (const key of packument.versions.keys()) {
    const version = semver.parse(key);
    if (version === null || version.version !== key) continue;
    if (ceiling !== undefined && version.compare(ceiling) > 0) continue;
    if (parsed.test(version) || isLaterPrerelease(version, current, range)) found.push(version);
  }
  return found.sort(semver.rcompare).map(({ version }) => version);
}

/** Returns `latest`, if it is in the range and the version in use is not already above it. */
function ceilingOf(
  { distTags, versions }: Packument,
  range: semver.Range,
  current: string | undefined,
): semver.SemVer | undefined {
  const tagged = distTags.get('latest');
  const latest = tagged === undefined || !versions.has(tagged) ? null : semver.parse(tagged);
  if (latest === null || !range.test(latest)) return undefined;
  const own = semver.parse(current);
  return own !== null && own.compare(latest) > 0 ? undefined : latest;
}

/** `1.0.0-rc.2` for a user of `1.0.0-rc.1`. */
function isLaterPrerelease(version: semver.SemVer, current: string | undefined, range: string): boolean {
  if (current === undefined || version.prerelease.length === 0) return false;
  const own = semver.parse(current);
  if (own === null || own.prerelease.length === 0 || own.compareMain(version) !== 0) return false;
  return semver.satisfies(version, range, { includePrerelease: true }) && version.compare(own) > 0;
}

function validRange(range: string): semver.Range | undefined {
  try {
    return new semver.Range(range);
  } catch {
    return undefined;
  }
}

function hasPassed({ packument, coolDown, now }: CandidateQuestion, version: string): boolean {
  const answer = askCooldown(coolDown, packument.name, version, packument.times.get(version), now);
  return answer === 'passes' || answer === 'exempt';
}
