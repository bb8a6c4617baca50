import semver from 'semver';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { newestInRange } from '../../know/registry/releases/candidate-version.ts';

/** The version of a package to verify, and why it was chosen. */
export interface ChosenVersion {
  readonly version: string;
  /** asked: named explicitly; tag, range: what it resolves to; locked: by the project; latest: by default. */
  readonly because: 'asked' | 'tag' | 'range' | 'locked' | 'latest';
}

/**
 * Chooses the requested version, tag or range; by default the project's locked version, the highest of several, or else
 * the latest. Undefined if there is no such version.
 */
export function chooseVersion(
  packument: Packument,
  asked: string | undefined,
  locked: ReadonlySet<string>,
): ChosenVersion | undefined {
  const { versions, distTags } = packument;
  const known = (version: string | undefined, because: ChosenVersion['because']) =>
    version !== undefined && versions.has(version) ? ({ version, because } as const) : undefined;
  if (asked === undefined) {
    const [highest] = [...locked].sort(byNumber);
    return known(highest, 'locked') ?? known(distTags.get('latest') ?? lastOf(versions), 'latest');
  }
  if (versions.has(asked)) return { version: asked, because: 'asked' };
  if (distTags.has(asked)) return known(distTags.get(asked), 'tag');
  const exact = semver.valid(asked);
  if (exact !== null) return known(exact, 'asked');
  return known(newestInRange({ packument, range: asked })?.version, 'range');
}

function lastOf(versions: Packument['versions']): string | undefined {
  return [...versions.keys()].sort(byNumber)[0];
}

/** Sorts highest first, invalid versions last. */
export function byNumber(a: string, b: string): number {
  const [left, right] = [semver.parse(a), semver.parse(b)];
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  return right.compare(left);
}
