import type { AdvisorySourceStatus, StatusParams } from '../../server/src/lsp/messages.ts';
import { formatDay, formatTime, t } from './translate.ts';

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
    worst !== undefined
      ? describeCounts(status)
      : complete
        ? t('No findings; everything was checked')
        : t('No findings');
  const sign = [worst ?? (complete ? '✓' : ''), steps.length === 0 ? '' : '?'].join(' ').trim();
  return {
    text: `$(shield) ${working ? '⟳' : sign}`.trimEnd(),
    tooltip: [
      working ? t('{0}; still checking.', found) : `${found}.`,
      ...shortened(gaps),
      ...advisoriesLine(advisories),
    ],
    background: errors > 0 ? 'error' : warnings > 0 ? 'warning' : undefined,
  };
}

type Counts = Pick<StatusParams, 'errors' | 'warnings' | 'information' | 'hints'>;

/** Returns the findings by severity, such as "1 error, 2 warnings"; empty if there are none. */
export function describeCounts({ errors, warnings, information, hints }: Counts): string {
  const counts: readonly (readonly [count: number, text: string])[] = [
    [errors, plural(errors, t('1 error'), t('{0} errors', errors))],
    [warnings, plural(warnings, t('1 warning'), t('{0} warnings', warnings))],
    [information, plural(information, t('1 information'), t('{0} information', information))],
    [hints, plural(hints, t('1 hint'), t('{0} hints', hints))],
  ];
  return counts.flatMap(([count, text]) => (count === 0 ? [] : text)).join(', ');
}

function countsOf({ errors, warnings, information, hints }: Counts): readonly number[] {
  return [errors, warnings, information, hints].filter((count) => count > 0);
}

/** Returns one of two texts, as languages differ in their plural. */
export function plural(count: number, one: string, several: string): string {
  return count === 1 ? one : several;
}

/**
 * Returns the data that advisory findings are based on, with absolute times, which stay true while the tooltip is
 * not refreshed.
 */
function advisoriesLine(sources: readonly AdvisorySourceStatus[]): readonly string[] {
  const used = sources.filter(({ state, asOf }) => state === 'used' || asOf !== undefined);
  return used.length === 0 ? [] : [t('Advisories: {0}.', used.map(describeSource).join(', '))];
}

function describeSource({ source, host, asOf, completeTo }: AdvisorySourceStatus): string {
  const name = {
    bundled: t('bundled'),
    database: t('local database'),
    registry: t('the public npm registry'),
    osv: 'OSV',
  };
  const isLive = source === 'registry' || source === 'osv';
  const when = asOf === undefined ? undefined : isLive ? formatTime(asOf) : formatDay(asOf);
  const partial = completeTo === undefined ? '' : t(', partial since {0}', formatDay(completeTo));
  return `${host ?? name[source]}${when === undefined ? '' : ` (${when}${partial})`}`;
}

/** A tooltip that is taller than the screen cannot be read to its end. */
const MOST_GAPS = 10;

/** Returns the first sentence of each gap; the list of what was not checked has the rest. */
function shortened(all: readonly string[]): readonly string[] {
  const gaps = all.map((gap) => /^.*?\.(?= [A-Z]|$)/s.exec(gap)?.[0] ?? gap);
  const more = gaps.length - MOST_GAPS;
  return more > 0
    ? [...gaps.slice(0, MOST_GAPS), t('And {0} more, which "dephygiene check" lists.', more)]
    : gaps;
}
