import type { CoverageGap } from '../../../judge/check/coverage.ts';
import type { Severity } from '../../../read/text/finding.ts';
import { hanging } from '../../../read/text/hanging-text.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { group } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import type { Paint } from '../paint.ts';
import { describeNested } from '../watch/nested-words.ts';
import { gapLines } from './gap-lines.ts';
import type { JsonEnding } from './json.ts';
import type { Report } from './report.ts';
import { severityLabels } from './summary.ts';
import {
  dataOf,
  describeBaseline,
  describeExit,
  exclusions,
  extent,
  gapItems,
  sourcesOf,
  verdictOf,
} from './summary-parts.ts';

export interface SummaryView {
  readonly columns: number;
  readonly paint: Paint;
  readonly path: (uri: Uri) => string;
  readonly failOn: Severity | 'never';
  /** Whether the details follow. */
  readonly verbose: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A longer summary would not be read. */
const MOST_LINES = 6;

/**
 * Returns the first lines of a report, at most six at 80 columns: the verdict, the exit code with its reason and the
 * extent of the check, what was not checked with what to do about it, and the age of the data.
 */
export function summaryLines(report: Report, ending: JsonEnding, view: SummaryView): readonly string[] {
  const { columns, now } = view;
  const before = [
    ...wrap(verdict(report, ending, view.paint), columns),
    ...wrap([describeExit(ending.exitReason, view.failOn), ...extent(report)].join(' · '), columns),
  ];
  const sources = dataOf(report, now).join(' · ');
  // The details include it with all sources.
  const data = sources === '' || view.verbose ? [] : hanging('Data: ', sources, columns);
  const excluded = excludedLine(report, view);
  const nested = describeNested(report.nestedConfigurations ?? 0);
  const remark = nested === undefined ? [] : wrap(`${nested}.`, columns);
  const after = [...baselineLine(report, columns), ...excluded, ...remark, ...data];
  const room = Math.max(MOST_LINES - before.length - after.length, 1);
  // The details list every gap.
  const gaps = view.verbose ? [] : notChecked(ending.coverage.gaps, columns, room);
  return [...before, ...gaps, ...after];
}

function baselineLine(report: Report, columns: number): readonly string[] {
  const sentence = describeBaseline(report);
  return sentence === undefined ? [] : wrap(sentence, columns);
}

/** Always reports what the project's own configuration excludes, as a change may have added it. */
function excludedLine(report: Report, { columns, path }: SummaryView): readonly string[] {
  const globs = exclusions(report, path);
  if (globs.length === 0) return [];
  const more = globs.length === 1 ? '' : `, and ${group(globs.length - 1)} more with --verbose`;
  return hanging('Excluded: ', visibleText(`${globs[0]!.summary}${more}`), columns);
}

/** Returns everything that the summary omits: each gap, each exclusion, each source. */
export function detailLines(report: Report, ending: JsonEnding, view: SummaryView): readonly string[] {
  const { columns, path, now } = view;
  const gaps = ending.coverage.gaps;
  const excluded = exclusions(report, path).map(({ summary, files }) => `${summary} (${files})`);
  const data = hanging('Data: ', sourcesOf(report, now).join(' · '), columns);
  return [
    ...(gaps.length === 0 ? [] : ['Not checked', ...gapLines(gaps, columns)]),
    ...(excluded.length === 0
      ? []
      : ['Excluded', ...excluded.flatMap((line) => hanging('  - ', visibleText(line), columns))]),
    ...data,
  ];
}

function verdict(report: Report, ending: JsonEnding, paint: Paint): string {
  const { state, text } = verdictOf(report, ending);
  if (text !== undefined) return state === undefined ? text : `${paint.strong(`${state}:`)} ${text}`;
  const labels = severityLabels(report.findings.map(({ finding }) => finding)).map(([severity, label]) =>
    label
      .split(' ')
      .map((word) => paint.severity(severity, word))
      .join(' '),
  );
  return `${paint.strong(`${state}:`)} ${labels.join(', ')}.`;
}

/**
 * Formats the gaps as far as they fit: files first, then what registries were not asked, which covers most, packages
 * and advisories.
 */
function notChecked(gaps: readonly CoverageGap[], columns: number, room: number): readonly string[] {
  const items = gapItems(gaps);
  const label = 'Not checked: ';
  const rowsOf = (count: number) =>
    items.slice(0, count).flatMap((item, at) => {
      const left = at === count - 1 ? items.length - count : 0;
      const isUnnamed = at === count - 1 && gaps.some(({ kind }) => kind === 'advisories');
      const listed = left > 0 ? `${left} more` : isUnnamed ? 'them' : undefined;
      const more = listed === undefined ? '' : ` Run with --verbose to list ${listed}.`;
      return wrap(visibleText(`${item}${more}`), columns - label.length);
    });
  let count = items.length;
  while (count > 1 && rowsOf(count).length > room) count--;
  return rowsOf(count).map((row, at) => (at === 0 ? label : ' '.repeat(label.length)) + row);
}
