import { roughCount } from '../../../know/identity/rough-count.ts';
import type { Downloads } from '../../../know/registry/documents/downloads-kind.ts';
import { type Fact, isWithheld } from '../../../know/registry/documents/fact.ts';
import type { Packument, PackumentVersion } from '../../../know/registry/documents/packument.ts';
import { isService, isTrustedPublish } from '../../../know/registry/documents/publisher.ts';
import { formatAge, formatDay } from '../../../read/text/words/dates.ts';
import { plural } from '../../../read/text/words/words.ts';
import type { CardLine } from './card-line.ts';
import { releaseRhythm } from './sparkline.ts';

const UNKNOWN = 'not provided by this registry';
const YEAR = 365 * 24 * 60 * 60 * 1000;
/** The maximum number of earlier versions checked for their publishers, who represent the package's usual ones. */
const MOST_BEFORE = 100;

/**
 * Formats when and by whom a version was published: the locked one, or else the latest. One line, or two if the
 * registry provides only one of these.
 */
export function publishedLines(
  packument: Packument,
  locked: string | undefined,
  now: number,
): readonly CardLine<string>[] {
  const { version, published, when, who } = publication(packument, locked, now);
  if (version === undefined || published === undefined) {
    return [line('Published', version === undefined ? UNKNOWN : `this registry does not list ${version}`)];
  }
  if (who !== undefined && when !== undefined) return [line('Published', `${when} by ${who}`)];
  if (who === undefined && when === undefined) {
    return [line('Published', `${UNKNOWN} when or by whom`)];
  }
  return [line('Published', when ?? UNKNOWN), line('Published by', who ?? UNKNOWN)];
}

/** Formats the same as far as the registry provides it: "12 Sep 2026 (2 months ago) by bert". */
export function publishedText(
  packument: Packument,
  locked: string | undefined,
  now: number,
): string | undefined {
  const { when, who } = publication(packument, locked, now);
  if (who === undefined) return when;
  return when === undefined ? `by ${who}` : `${when} by ${who}`;
}

function publication(packument: Packument, locked: string | undefined, now: number) {
  const version = locked ?? packument.distTags.get('latest');
  const published = version === undefined ? undefined : packument.versions.get(version);
  const time = version === undefined ? undefined : packument.times.get(version);
  const which = locked === undefined ? `${version} (latest) on ` : '';
  return {
    version,
    published,
    when: time === undefined ? undefined : `${which}${formatDay(time)} (${formatAge(time, now)})`,
    who: published === undefined ? undefined : describePublisher(packument, published),
  };
}

/** Formats the release rhythm as a sparkline and in words, and the package's downloads unless they are said elsewhere. */
export function releaseLine(
  packument: Packument,
  downloads: Fact<Downloads> | undefined,
  now: number,
): CardLine<string> {
  const { versions, times, created } = packument;
  const all = [...times.values()];
  const first = created ?? all[0];
  const lastYear = all.filter((time) => now - time < YEAR).length;
  const parts = [
    releaseRhythm(all, now),
    plural(versions.size, 'version') +
      (first === undefined ? '' : ` since ${new Date(first).getUTCFullYear()}`) +
      (lastYear === 0 || lastYear === all.length ? '' : `, ${lastYear} in the last year`),
  ];
  const use = downloads === undefined ? undefined : describeDownload(downloads);
  const release = parts.filter((part) => part !== undefined).join(' ');
  return line('Releases', use === undefined ? release : `${release} · ${use}`);
}

/** Formats GitHub, GitLab and CircleCI by their ids in registry documents; others as they are. */
export function describeService(id: string): string {
  const known = { github: 'GitHub Actions', gitlab: 'GitLab CI/CD', circleci: 'CircleCI' };
  return Object.hasOwn(known, id) ? known[id as keyof typeof known] : id;
}

/** Returns undefined if downloads are not counted, which the line about the registry explains. */
function describeDownload(downloads: Fact<Downloads>): string | undefined {
  switch (downloads.state) {
    case 'ready':
      return `${roughCount(downloads.value.lastWeek)} downloads a week`;
    case 'pending':
      return 'downloads pending';
    case 'absent':
      return 'downloads not counted';
    case 'unavailable':
      return isWithheld(downloads.reason) || downloads.reason === 'not-provided'
        ? undefined
        : `downloads unknown: ${downloads.detail}`;
  }
}

function describePublisher(packument: Packument, published: PackumentVersion): string | undefined {
  const { publishedBy, trustedPublisher, approvedBy } = published;
  if (publishedBy === undefined) return undefined;
  const service = trustedPublisher === undefined ? undefined : describeService(trustedPublisher);
  const isPlain = service === undefined || isService(publishedBy);
  const name = isPlain ? publishedBy.name : `${publishedBy.name} through ${service}`;
  const trusted = service === undefined && !isService(publishedBy) ? '' : ' as a trusted publisher';
  const approved = approvedBy === undefined ? '' : `, approved by ${approvedBy.name}`;
  return `${name}${trusted}${approved}${history(packument, published, publishedBy.name)}`;
}

/** Describes how the publisher relates to the versions before this one, if the registry provides everything needed. */
function history({ versions, times }: Packument, published: PackumentVersion, name: string): string {
  const before: (string | undefined)[] = [];
  const inOrder = [...times.keys()];
  const at = inOrder.indexOf(published.version);
  for (let each = at - 1; each >= 0 && before.length < MOST_BEFORE; each--) {
    const earlier = versions.get(inOrder[each]!);
    if (earlier !== undefined) before.push(earlier.publishedBy?.name);
  }
  if (before.length === 0) return '';
  const other = before.findIndex((by) => by !== name);
  const inRow = other === -1 ? before.length : other;
  if (inRow === 1) return ', like the version before';
  if (inRow > 1) return `, like the ${inRow} versions before`;
  const isNew = before.every((by) => by !== undefined && by !== name);
  if (!isNew) return '';
  if (isTrustedPublish(published)) return ', unlike the versions before';
  return before.length < MOST_BEFORE
    ? ', who published no version before'
    : `, who published none of the ${MOST_BEFORE} versions before`;
}

function line(label: string, text: string): CardLine<string> {
  return { label, texts: [text] };
}
