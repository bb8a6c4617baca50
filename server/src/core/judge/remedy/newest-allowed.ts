import type { Packument } from '../../know/registry/documents/packument.ts';
import { type CandidateQuestion, candidateVersion } from '../../know/registry/releases/candidate-version.ts';
import { fitsEngines } from '../../know/registry/releases/fits-engines.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { KnownAgainst } from '../exposure/known-against.ts';

export interface AllowedQuestion
  extends Pick<CandidateQuestion, 'packument' | 'coolDown' | 'now' | 'current'> {
  /** The root manifest, whose `engines` versions must satisfy. */
  readonly engines: Manifest | undefined;
  readonly against: KnownAgainst;
}

/**
 * Returns the latest version in the range that may be recommended to this project: a candidate that satisfies its
 * `engines` and is not malware. Everything that recommends a version uses this.
 */
export function newestAllowed(
  { engines, against, ...question }: AllowedQuestion,
  range: string,
): string | undefined {
  const { name } = question.packument;
  return candidateVersion({
    ...question,
    range,
    accepts: (other) => fitsEngines(other, engines) && !against.isMalware(name, other.version),
  })?.version;
}

/** The version tagged `latest` if a different one is recommended, and why it is skipped. */
export interface PassedOver {
  readonly version: string;
  readonly why: 'engines' | 'other';
}

/** Returns what is skipped if `newest` is recommended; undefined if the tag names `newest` or no known version. */
export function passedOverLatest(
  { distTags, versions }: Packument,
  newest: string | undefined,
  engines: Manifest | undefined,
): PassedOver | undefined {
  const tagged = versions.get(distTags.get('latest') ?? '');
  if (newest === undefined || tagged === undefined || tagged.version === newest) return undefined;
  return { version: shownText(tagged.version), why: fitsEngines(tagged, engines) ? 'other' : 'engines' };
}

/** Describes how the recommended version relates to the latest: `is the latest`. */
export function describeNewest(passedOver: PassedOver | undefined): string {
  if (passedOver === undefined) return 'is the latest';
  const why =
    passedOver.why === 'engines' ? 'that fits the "engines" of this project' : 'that can be used now';
  return `is the highest version ${why} (latest: ${passedOver.version})`;
}
