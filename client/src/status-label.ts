import type { AdvisorySourceStatus, StatusParams } from '../../server/src/lsp/messages.ts';

export interface StatusLabel {
  readonly text: string;
  /** One sentence each: findings first, then skipped checks. */
  readonly tooltip: readonly string[];
  /** Set for findings that the status bar should stand out for. */
  readonly background: 'error' | 'warning' | undefined;
}

/**
 * Returns the text of the status bar: the number of findings of the highest severity, with a question mark if the user
 * can have more checked; a check mark only without findings and gaps.
 */
export function statusLabel(status: StatusParams): StatusLabel {
  const { working, errors, warnings, gaps, steps, advisories } = status;
  const [worst] = countsOf(status);
  const complete = gaps.length === 0;
  const found =
    worst === undefined ? `No findings${complete ? '; everything was checked' : ''}` : describeCounts(status);
  const sign = [worst ?? (complete ? '✓' : ''), steps.length === 0 ? '' : '?'].join(' ').trim();
  return {
    text: `$(shield) ${working ? '⟳' : sign}`.trimEnd(),
    tooltip: [
      working ? `${found}; still checking.` : `${found}.`,
      ...shortened(gaps),
      ...advisoriesLine(advisories),
    ],
    background: errors > 0 ? 'error' : warnings > 0 ? 'warning' : undefined,
  };
}

/** Returns the findings by severity, such as "1 error, 2 warnings"; empty if there are none. */
export function describeCounts({ errors, warnings, information, hints }: StatusParams): string {
  const counts = [
    plural(errors, 'error'),
    plural(warnings, 'warning'),
    `${information} information`,
    plural(hints, 'hint'),
  ];
  return counts.filter((count) => !count.startsWith('0 ')).join(', ');
}

function countsOf({ errors, warnings, information, hints }: StatusParams): readonly number[] {
  return [errors, warnings, information, hints].filter((count) => count > 0);
}

export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
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
