import semver from 'semver';
import { memoizeFor } from '../access/remember-for.ts';
import type { Packument, PackumentVersion, Publisher } from '../documents/packument.ts';
import { publishTimes } from '../documents/publish-times.ts';
import { belongTogether, isTrustedPublish, publisherName } from '../documents/publisher.ts';
import { earlierVersions } from './earlier-versions.ts';
import { changesBetween } from './version-changes.ts';

/** A difference in the publishing of a version. The most telling comes first. */
export type PublisherSign =
  | {
      readonly type: 'new-publisher';
      readonly publisher: string;
      readonly before: string;
      readonly count: number;
    }
  | { readonly type: 'lost-trusted-publishing'; readonly publisher: string; readonly count: number }
  | { readonly type: 'other-service'; readonly before: string; readonly after: string }
  | { readonly type: 'maintainers-replaced'; readonly before: string; readonly after: string }
  | {
      readonly type: 'address-changed';
      readonly publisher: string;
      readonly before: string;
      readonly after: string;
    };

const DAY = 86_400_000;
/** This many earlier versions show who publishes a package. */
const ENOUGH = 3;
const LOOKED_AT = 10;
/** Someone who has published for this long is no stranger, nor is a maintainer of over a month. */
const KNOWN_AFTER = 90 * DAY;
const ESTABLISHED_AFTER = 30 * DAY;
/** A single version by a CI service may have been a trial. */
const TRUSTED_BEFORE = 2;

/**
 * Returns the signs that a version was published by somebody who did not publish the package before. None if the
 * registry omits the data: the publisher has to be known for the version and at least three earlier ones.
 */
export function publisherSigns(packument: Packument, version: string): readonly PublisherSign[] {
  return memoizeFor(packument, `publisher ${version}`, () => findSigns(packument, version));
}

function findSigns(packument: Packument, version: string): readonly PublisherSign[] {
  const to = packument.versions.get(version);
  if (to?.publishedBy === undefined) return [];
  const earlier = earlierVersions(packument, version).filter(({ publishedBy }) => publishedBy !== undefined);
  if (earlier.length < ENOUGH) return [];
  const line = inLineOf(earlier, version).slice(0, LOOKED_AT);
  if (isTrustedPublish(to)) return otherService(line, to);
  const publisher = to.publishedBy;
  const last = earlier.slice(0, LOOKED_AT);
  const isKnown = hasPublishedLong(packument, publisher);
  return [
    ...(isKnown ? [] : newPublisher(packument, version, last, publisher)),
    ...lostTrust(line, publisher),
    ...(isKnown ? [] : replacedMaintainers(last[0]!, to)),
    ...(hasPublishedLong(packument, publisher, publisher.emailDomain) ? [] : addressChange(last, publisher)),
  ];
}

/** Returns those of the same major version, if there are any. */
function inLineOf(earlier: readonly PackumentVersion[], version: string): readonly PackumentVersion[] {
  const major = semver.major(version);
  const line = earlier.filter((other) => semver.major(other.version) === major);
  return line.length > 0 ? line : earlier;
}

function newPublisher(
  packument: Packument,
  version: string,
  last: readonly PackumentVersion[],
  publisher: Publisher,
): readonly PublisherSign[] {
  if (last.some(({ publishedBy }) => belongTogether(publishedBy!, publisher))) return [];
  if (wasMaintainer(packument, version, publisher)) return [];
  const before = last[0]!.publishedBy!;
  const count = runOf(last, before);
  return [{ type: 'new-publisher', publisher: publisher.name, before: before.name, count }];
}

/** Returns how many of the versions, from the first on, the publisher published. */
function runOf(versions: readonly PackumentVersion[], publisher: Publisher): number {
  const end = versions.findIndex(
    ({ publishedBy }) => publisherName(publishedBy!) !== publisherName(publisher),
  );
  return end === -1 ? versions.length : end;
}

/** Checks whether a version that is a month older, or any older one if no times are known, lists the account. */
function wasMaintainer(packument: Packument, version: string, publisher: Publisher): boolean {
  const times = publishTimes(packument);
  const time = times.get(version);
  const name = publisherName(publisher);
  return earlierVersions(packument, version).some((other) => {
    const otherTime = times.get(other.version);
    if (time !== undefined && otherTime !== undefined && time - otherTime < ESTABLISHED_AFTER) return false;
    return other.maintainers?.some((maintainer) => maintainer.name.toLowerCase() === name) === true;
  });
}

/**
 * Checks for at least three versions over at least ninety days, including later ones; with a domain, those with an
 * address there.
 */
function hasPublishedLong(packument: Packument, publisher: Publisher, domain?: string): boolean {
  const times = publishTimes(packument);
  const name = publisherName(publisher);
  let [first, last, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const { version, publishedBy } of packument.versions.values()) {
    const time = times.get(version);
    if (time === undefined || publishedBy === undefined || publisherName(publishedBy) !== name) continue;
    if (domain !== undefined && publishedBy.emailDomain !== domain) continue;
    count++;
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return count >= ENOUGH && last - first >= KNOWN_AFTER;
}

/** Only if a CI service, and nothing else, has published the line since it began to. */
function lostTrust(line: readonly PackumentVersion[], publisher: Publisher): readonly PublisherSign[] {
  const count = line.findIndex((version) => !isTrustedPublish(version));
  const trusted = count === -1 ? line.length : count;
  if (trusted < TRUSTED_BEFORE || line.slice(trusted).some(isTrustedPublish)) return [];
  return [{ type: 'lost-trusted-publishing', publisher: publisher.name, count: trusted }];
}

function otherService(line: readonly PackumentVersion[], to: PackumentVersion): readonly PublisherSign[] {
  const [before] = line;
  const after = to.trustedPublisher;
  if (before?.trustedPublisher === undefined || after === undefined) return [];
  if (line.some(({ trustedPublisher }) => trustedPublisher === after)) return [];
  return [{ type: 'other-service', before: before.trustedPublisher, after }];
}

function replacedMaintainers(from: PackumentVersion, to: PackumentVersion): readonly PublisherSign[] {
  const change = changesBetween(from, to).maintainers;
  if (change === undefined || change.kept > 0) return [];
  if (change.added.length === 0 || change.removed.length === 0) return [];
  const isRenamed = change.added.some((added) =>
    change.removed.some((removed) =>
      belongTogether({ name: added, emailDomain: undefined }, { name: removed, emailDomain: undefined }),
    ),
  );
  if (isRenamed || belongTogether(from.publishedBy!, to.publishedBy!)) return [];
  return [{ type: 'maintainers-replaced', before: change.removed[0]!, after: change.added[0]! }];
}

/** The same account with an address elsewhere: anyone who acquires a lapsed domain can reset its password. */
function addressChange(last: readonly PackumentVersion[], publisher: Publisher): readonly PublisherSign[] {
  const after = publisher.emailDomain;
  const own = last.filter(({ publishedBy }) => publisherName(publishedBy!) === publisherName(publisher));
  const before = own[0]?.publishedBy?.emailDomain;
  if (after === undefined || before === undefined) return [];
  if (own.some(({ publishedBy }) => publishedBy?.emailDomain === after)) return [];
  return [{ type: 'address-changed', publisher: publisher.name, before, after }];
}
