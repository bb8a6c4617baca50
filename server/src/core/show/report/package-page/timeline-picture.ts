import { groupBy } from '../../../read/text/group-by.ts';
import { formatDay } from '../../../read/text/words/dates.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { type Markup, markup } from '../html/markup.ts';
import { plain } from '../html/path-picture.ts';
import type { Release } from './release-rows.ts';

const WIDTH = 960;
const LABELS = 150;
const LANE = 26;
const TOP = 44;
const BOTTOM = 22;
/** The baselines of labels. */
const LABEL_ROWS = [26, 12] as const;
const MOST_LANES = 6;
const LONGEST_LABEL = 20;
/** In CSS pixels, at the font size of the picture. */
const CHARACTER = 6.8;
/** More circles than that would be one line. */
const MOST_DRAWN = 1500;

type Timed = Release & { readonly time: number };

/** Draws the releases over time, in a lane for each publisher; undefined without times. */
export function timelinePicture(releases: readonly Release[], now: number): Markup | undefined {
  const timed = releases
    .filter((release): release is Timed => release.time !== undefined)
    .slice(0, MOST_DRAWN)
    .reverse();
  const [first] = timed;
  if (first === undefined) return undefined;
  const start = first.time;
  const span = Math.max(now - start, 1);
  const at = (time: number) => LABELS + ((Math.min(time, now) - start) / span) * (WIDTH - LABELS - 16);
  const lanes = lanesOf(timed);
  const height = TOP + lanes.length * LANE + BOTTOM;
  const middle = (lane: number) => TOP + lane * LANE + LANE / 2;
  const rows = lanes.map(({ name, releases: own }, lane) => {
    const y = plain(middle(lane));
    return markup`<text class="${name === undefined ? 'faint' : ''}" x="0" y="${plain(middle(lane) + 4)}">${labelOf(name)}</text><path class="lane" d="M${plain(LABELS)} ${y}H${plain(WIDTH)}"/>${own
      .filter(({ marks }) => !isNamed(marks))
      .map(
        (release) =>
          markup`<circle${release.isAffected ? markup` class="affected"` : undefined} cx="${plain(at(release.time))}" cy="${y}" r="${plain(release.isPrerelease ? 2 : 3.5)}"><title>${titleOf(release)}</title></circle>`,
      )}`;
  });
  const named = lanes.flatMap(({ releases: own }, lane) =>
    own.filter(({ marks }) => isNamed(marks)).map((release) => ({ release, lane })),
  );
  const free = LABEL_ROWS.map(() => Number.POSITIVE_INFINITY);
  const labels = named
    .toSorted((a, b) => b.release.time - a.release.time)
    .map(({ release, lane }) => {
      const text = visibleText(`${release.version} ${release.marks.filter(isShownMark).join(', ')}`);
      const width = displayWidth(text) * CHARACTER;
      const [x, y] = [at(release.time), middle(lane)];
      const left = Math.max(LABELS, Math.min(x - width / 2, WIDTH - width));
      const row = free.findIndex((end) => left + width <= end);
      if (row !== -1) free[row] = left - 6;
      const baseline = LABEL_ROWS[row];
      const isShown = baseline !== undefined;
      return {
        line: isShown
          ? markup`<line x1="${plain(x)}" y1="${plain(baseline + 4)}" x2="${plain(x)}" y2="${plain(y - 5)}"/>`
          : undefined,
        rest: markup`${isShown ? markup`<text x="${plain(left)}" y="${plain(baseline)}">${text}</text>` : undefined}<circle${release.isAffected ? markup` class="affected"` : undefined} cx="${plain(x)}" cy="${plain(y)}" r="5"><title>${titleOf(release)}</title></circle>`,
      };
    });
  // A line from the upper row may cross a label of the lower one, which is then drawn over it.
  const marks = markup`<g class="named">${labels.map(({ line }) => line)}${labels.map(({ rest }) => rest)}</g>`;
  const label = `Releases over time: ${plural(timed.length, 'release')} from ${formatDay(start)} to ${formatDay(timed.at(-1)!.time)}, by ${plural(lanes.length, 'publisher')}. The table has the same.`;
  return markup`<div class="scroll" role="group" aria-label="Picture of the releases over time" tabindex="0"><svg class="timeline" role="img" aria-label="${label}" width="${plain(WIDTH)}" height="${plain(height)}" viewBox="0 0 ${plain(WIDTH)} ${plain(height)}">${yearsOf(
    start,
    now,
  ).map((year) => {
    const x = at(Date.UTC(year, 0, 1));
    return markup`<path class="year" d="M${plain(x)} ${plain(TOP - 6)}V${plain(height - BOTTOM + 4)}"/><text class="faint" x="${plain(x + 3)}" y="${plain(height - 5)}">${String(year)}</text>`;
  })}${rows}${marks}</svg></div>`;
}

interface Lane {
  readonly name: string | undefined;
  readonly releases: readonly Timed[];
}

/** Returns a lane for each publisher, in the order of their first releases; beyond a few, the rarest share one. */
function lanesOf(timed: readonly Timed[]): readonly Lane[] {
  const all = [...groupBy(timed, ({ publisher }) => publisher ?? '')].map(([name, releases]) => ({
    name: name === '' ? undefined : name,
    releases,
  }));
  if (all.length <= MOST_LANES) return all;
  const frequent = new Set(
    all.toSorted((a, b) => b.releases.length - a.releases.length).slice(0, MOST_LANES - 1),
  );
  const rest = all.filter((lane) => !frequent.has(lane));
  const others = {
    name: plural(rest.length, 'other', 'others'),
    releases: rest.flatMap((lane) => lane.releases),
  };
  return [...all.filter((lane) => frequent.has(lane)), others];
}

function labelOf(name: string | undefined): string {
  if (name === undefined) return 'unknown publisher';
  const shown = [...visibleText(name)];
  return shown.length <= LONGEST_LABEL ? shown.join('') : `${shown.slice(0, LONGEST_LABEL - 1).join('')}…`;
}

function titleOf({ version, time, publisher, isAffected, marks }: Timed): string {
  const facts = [formatDay(time), `by ${publisher ?? 'an unknown publisher'}`, ...marks];
  return `${version}, ${[...facts, ...(isAffected ? ['known vulnerabilities'] : [])].join(', ')}`;
}

function isNamed(marks: readonly string[]): boolean {
  return marks.some(isShownMark);
}

function isShownMark(mark: string): boolean {
  return mark === 'locked' || mark === 'latest';
}

/** Returns the years that begin in the span; every other one, or fewer, if they are many. */
function yearsOf(start: number, end: number): readonly number[] {
  const [from, to] = [new Date(start).getUTCFullYear() + 1, new Date(end).getUTCFullYear()];
  const step = Math.ceil((to - from + 1) / 12);
  const years: number[] = [];
  for (let year = from; year <= to; year += Math.max(step, 1)) years.push(year);
  return years;
}
