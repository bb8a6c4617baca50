import type { Packument } from '../../../know/registry/documents/packument.ts';
import { formatAge, formatDay } from '../../../read/text/words/dates.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { type Markup, markup, type Part } from '../html/markup.ts';
import { pageTable, type Section } from '../html/page-parts.ts';
import type { PackagePageInput } from './package-input.ts';
import { type Release, releasesOf } from './release-rows.ts';
import { timelinePicture } from './timeline-picture.ts';
import { whyUnknown } from './why-unknown.ts';

/** The number of releases that are shown at once, and behind a disclosure. */
const MOST_SHOWN = 12;
const MOST_LISTED = 500;
const MOST_PERIODS = 40;
const MOST_NAMED = 8;
const UNKNOWN = 'unknown';

/** Shows the releases over time. */
export function releasesOverTime(input: PackagePageInput): Section {
  const { packument } = input.known;
  const title = 'Release timeline';
  if (packument.state !== 'ready') return { id: 'releases', title, count: UNKNOWN, body: unknownPart(input) };
  const releases = releasesOf(packument.value, input);
  const [first, rest] = [releases.slice(0, MOST_SHOWN), releases.slice(MOST_SHOWN, MOST_LISTED)];
  const own = rest.filter(({ marks }) => marks.includes('locked'));
  const more = releases.length - MOST_LISTED;
  const table = (caption: string, rows: readonly Release[]) => releaseTable(caption, rows, input.now);
  return {
    id: 'releases',
    title,
    count: releases.length,
    body: markup`${timelinePicture(releases, input.now) ?? markup`<p>This registry does not state when versions were published.</p>`}${table('The latest releases', first)}${own.length === 0 ? undefined : table('Locked releases before these', own)}${
      rest.length === 0
        ? undefined
        : markup`<details><summary>${plural(rest.length, 'earlier release')}</summary>${table('Earlier releases', rest)}${more > 0 ? markup`<p class="note">And ${plural(more, 'more release')}.</p>` : undefined}</details>`
    }`,
  };
}

function releaseTable(caption: string, releases: readonly Release[], now: number): Markup {
  return pageTable(
    caption,
    ['Version', 'Published', 'Age', 'Publisher', 'Provenance', 'Install script', 'Remarks'],
    releases.map(({ version, time, published, publisher, isTrusted, marks, isAffected }) => ({
      cells: [
        markup`<code>${version}</code>`,
        time === undefined ? UNKNOWN : formatDay(time),
        time === undefined ? UNKNOWN : formatAge(time, now),
        publisher === undefined ? UNKNOWN : `${publisher}${isTrusted ? ' (trusted publisher)' : ''}`,
        published?.tarball === undefined ? UNKNOWN : published.attestations === undefined ? 'none' : 'yes',
        published?.hasInstallScript === undefined ? UNKNOWN : published.hasInstallScript ? 'yes' : 'none',
        [...marks, ...(isAffected ? ['known vulnerabilities'] : [])].join(', '),
      ],
    })),
    'plain',
  );
}

/** Shows who published and maintained the package over time. */
export function peopleSection(input: PackagePageInput): Section {
  const { packument } = input.known;
  const title = 'Publishers and maintainers';
  if (packument.state !== 'ready') return { id: 'people', title, count: UNKNOWN, body: unknownPart(input) };
  const releases = releasesOf(packument.value, input)
    .filter(({ published }) => published !== undefined)
    .reverse();
  const publishers = periodsOf(releases);
  const changes = maintainerChanges(releases);
  return {
    id: 'people',
    title,
    body: markup`${pageTable(
      'Publishers over time, the latest first',
      ['Publisher', 'Versions', 'From', 'To', { title: 'Releases', look: 'number' }],
      publishers
        .toReversed()
        .slice(0, MOST_PERIODS)
        .map((period) => ({
          cells: [
            period.publisher ?? UNKNOWN,
            period.first === period.last
              ? period.first.version
              : `${period.first.version} to ${period.last.version}`,
            dayOf(period.first),
            dayOf(period.last),
            period.count,
          ],
        })),
      'plain',
    )}${moreOf(publishers.length - MOST_PERIODS, 'earlier period')}
<h3>Maintainers</h3><p>Now: ${maintainersOf(packument.value)}.</p>${
      changes === undefined
        ? markup`<p>Earlier maintainers are unknown: this registry does not state them for each version.</p>`
        : changes.length === 0
          ? markup`<p>The same since the first version that states them.</p>`
          : pageTable(
              'Changes of maintainers, the latest first',
              ['Version', 'Published', 'Added', 'Removed'],
              changes
                .toReversed()
                .slice(0, MOST_PERIODS)
                .map(({ release, added, removed }) => ({
                  cells: [
                    markup`<code>${release.version}</code>`,
                    dayOf(release),
                    named(added),
                    named(removed),
                  ],
                })),
              'plain',
            )
    }`,
  };
}

interface Period {
  readonly publisher: string | undefined;
  readonly first: Release;
  readonly last: Release;
  readonly count: number;
}

function periodsOf(releases: readonly Release[]): readonly Period[] {
  const periods: Period[] = [];
  for (const release of releases) {
    const last = periods.at(-1);
    if (last !== undefined && last.publisher === release.publisher)
      periods[periods.length - 1] = { ...last, last: release, count: last.count + 1 };
    else periods.push({ publisher: release.publisher, first: release, last: release, count: 1 });
  }
  return periods;
}

interface MaintainerChange {
  readonly release: Release;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Returns undefined if no version states its maintainers. */
function maintainerChanges(releases: readonly Release[]): readonly MaintainerChange[] | undefined {
  let before: ReadonlySet<string> | undefined;
  const changes: MaintainerChange[] = [];
  for (const release of releases) {
    const people = release.published?.maintainers;
    if (people === undefined) continue;
    const now = new Set(people.map(({ name }) => name));
    const known = before;
    before = now;
    if (known === undefined) continue;
    const added = [...now].filter((name) => !known.has(name));
    const removed = [...known].filter((name) => !now.has(name));
    if (added.length + removed.length > 0) changes.push({ release, added, removed });
  }
  return before === undefined ? undefined : changes;
}

function maintainersOf({ maintainers }: Packument): string {
  return maintainers === undefined ? UNKNOWN : named(maintainers.map(({ name }) => name));
}

function named(names: readonly string[]): string {
  return names.length === 0 ? 'none' : namesAndMore(names, MOST_NAMED);
}

function dayOf({ time }: Release): string {
  return time === undefined ? UNKNOWN : formatDay(time);
}

function moreOf(count: number, one: string): Markup | undefined {
  return count > 0 ? markup`<p class="note">And ${plural(count, one)}.</p>` : undefined;
}

/** Says why nothing is known from the registry. */
function unknownPart(input: PackagePageInput): Part {
  return markup`<p>Unknown: ${whyUnknown(input)}.</p>`;
}
