import type { AdvisorySourceStatus, StatusParams } from '../../server/src/lsp/messages.ts';

export interface StatusLabel {
  readonly text: string;
  /** One sentence each: findings first, then skipped checks. */
  readonly tooltip: readonly string[];
}

/**
 * Returns the text of the status bar: the number of findings of the highest severity, with a question mark if checks
 * were skipped; a check mark only without findings and gaps.
 */
export function statusLabel(status: StatusParams): StatusLabel {
  const { working, errors, warnings, information, hints, gaps, advisories } = status;
  const counts = [
    { count: errors, one: 'error', many: 'errors' },
    { count: warnings, one: 'warning', many: 'warnings' },
    { count: information, one: 'information', many: 'information' },
    { count: hints, one: 'hint', many: 'hints' },
  ].filter(({ count }) => count > 0);
  const worst = counts[0];
  const summary = counts.map(({ count, one, many }) => `${count} ${count === 1 ? one : many}`).join(', ');
  const complete = gaps.length === 0;
  const found = worst === undefined ? `No findings${complete ? '; everything was checked' : ''}` : summary;
  const sign = [worst?.count ?? (complete ? '✓' : ''), complete ? '' : '?'].join(' ').trim();
  return {
    text: `Deps ${working ? '⟳' : sign}`,
    tooltip: [
      working ? `${found}; still checking.` : `${found}.`,
      ...shortened(gaps),
      ...advisoriesLine(advisories),
    ],
  };
}

/**
 * Returns the data that advisory findings are based on, with absolute times, which stay true while the tooltip is
 * not refreshed.
 */
function advisoriesLine(sources: readonly AdvisorySourceStatus[]): readonly string[] {
  const used = sources.filter(({ state, asOf }) => state === 'used' || asOf !== undefined);
  return used.length === 0 ? [] : [`Advisories: ${used.map(describeSource).join(', ')}.`];
}

function describeSource({ source, host, asOf, completeTo }: AdvisorySourceStatus): string {
  const name = {
    bundled: 'bundled',
    database: 'local database',
    registry: 'the public npm registry',
    osv: 'OSV',
  };
  const time = asOf === undefined ? undefined : new Date(asOf);
  const isLive = source === 'registry' || source === 'osv';
  const when = isLive ? time?.toLocaleTimeString([], TIME) : time?.toLocaleDateString([], DAY);
  const partial =
    completeTo === undefined ? '' : `, partial since ${new Date(completeTo).toLocaleDateString([], DAY)}`;
  return `${host ?? name[source]}${when === undefined ? '' : ` (${when}${partial})`}`;
}

const TIME: Intl.DateTimeFormatOptions = { weekday: 'short', hour: '2-digit', minute: '2-digit' };
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' };

/** A tooltip that is taller than the screen cannot be read to its end. */
const MOST_GAPS = 10;

function shortened(gaps: readonly string[]): readonly string[] {
  const more = gaps.length - MOST_GAPS;
  return more > 0 ? [...gaps.slice(0, MOST_GAPS), `And ${more} more, which "dephygiene check" lists.`] : gaps;
}
