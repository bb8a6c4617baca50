import type { Packument } from '../documents/packument.ts';
import { publishTimes } from '../documents/publish-times.ts';
import { publisherName } from '../documents/publisher.ts';
import { TAKEOVERS, type Takeover } from './takeovers.ts';

/** A version that was published while an account or a project was compromised. */
export interface TakeoverMatch {
  readonly takeover: Takeover;
  /** Whether it is known to be malicious; otherwise only the account and the time match. */
  readonly isKnown: boolean;
}

/**
 * Returns the known takeover in which a version was published: its time is within it, and it is one of the versions
 * found to be bad, or by the account. Without a time the result is unknown.
 */
export function takeoverOf(
  packument: Packument,
  version: string,
  takeovers: readonly Takeover[] = TAKEOVERS,
): TakeoverMatch | undefined {
  const time = publishTimes(packument).get(version);
  if (time === undefined) return undefined;
  const publisher = packument.versions.get(version)?.publishedBy;
  const { name } = packument;
  for (const takeover of takeovers) {
    if (time < Date.parse(takeover.from) || time > Date.parse(takeover.to)) continue;
    if (versionsOf(takeover.good, name).includes(version)) continue;
    if (versionsOf(takeover.bad, name).includes(version)) return { takeover, isKnown: true };
    if (publisher !== undefined && publisherName(publisher) === takeover.account) {
      return { takeover, isKnown: false };
    }
  }
  return undefined;
}

/** Returns versions of the package that are known to be clean, the last listed first. */
export function cleanVersions({ good }: Takeover, name: string): readonly string[] {
  return versionsOf(good, name).toReversed();
}

/** Returns what the malware in a version is known to take; empty if that is unknown. */
export function knownToTake(name: string, version: string): readonly string[] {
  const takeover = TAKEOVERS.find(({ bad }) => versionsOf(bad, name).includes(version));
  return takeover?.takes ?? [];
}

function versionsOf(versions: Takeover['bad'], name: string): readonly string[] {
  return Object.hasOwn(versions, name) ? versions[name]! : [];
}
