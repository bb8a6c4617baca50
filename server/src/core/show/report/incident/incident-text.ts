import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import { table } from '../table.ts';
import {
  eventCells,
  findingLines,
  formatCounts,
  formatQuestion,
  formatSearched,
  formatVerdict,
  nextSteps,
} from './incident-lines.ts';
import { type IncidentGap, type IncidentReport, verdictOf } from './incident-report.ts';

export interface IncidentTextOptions {
  readonly columns: number;
  readonly colour: boolean;
}

const MOST_EVENTS = 20;
const MOST_GAPS = 20;

/** Returns the report for people. */
export function incidentText(report: IncidentReport, { columns, colour }: IncidentTextOptions): string {
  const paint = colour ? COLOURED : PLAIN;
  const shown = (text: string, indent: number) =>
    wrap(visibleText(text), Math.max(20, columns - indent - 2)).map(
      (line, at) => `${' '.repeat(at === 0 ? indent : indent + 2)}${line}`,
    );
  const lines = shown(formatQuestion(report), 0);
  for (const repository of report.repositories) {
    const verdict = verdictOf(repository);
    const heading = visibleText(`${repository.path}: ${formatVerdict(repository)}`);
    const isBad = verdict === 'hit-now' || verdict === 'was-hit';
    lines.push(
      '',
      isBad
        ? paint.severity('error', heading)
        : verdict === 'unknown'
          ? paint.severity('warning', heading)
          : heading,
    );
    lines.push(...shown(`Searched: ${formatSearched(repository, report.isHistory)}`, 2));
    for (const finding of repository.findings) {
      lines.push(
        paint.strong(`  ${visibleText(`${finding.name} ${finding.version} in ${finding.lockfile}`)}`),
      );
      for (const line of findingLines(finding, report.isHistory)) lines.push(...shown(line, 4));
      const { events } = finding;
      const rows = events.slice(0, MOST_EVENTS).map((event) => eventCells(event).map(visibleText));
      if (rows.length > 0)
        lines.push(
          ...table(['Author date', 'Event', 'Commit', 'Branches'], rows, columns - 4).map(
            (line) => `    ${line}`,
          ),
        );
      if (events.length > MOST_EVENTS) lines.push(`    and ${events.length - MOST_EVENTS} more events`);
    }
    lines.push(...gapLines(repository.gaps, shown));
  }
  if (report.gaps.length > 0) lines.push('', 'Of the whole run:', ...gapLines(report.gaps, shown));
  lines.push(
    '',
    ...shown(
      `${plural(report.repositories.length, 'repository', 'repositories')}: ${formatCounts(report)}.`,
      0,
    ),
  );
  if (!report.isHistory)
    lines.push(...shown('Only working trees and HEAD were read. --history reads all commits.', 0));
  for (const part of report.machine) lines.push(...shown(part, 0));
  const [lead, ...steps] = nextSteps(report);
  if (lead !== undefined) lines.push('', paint.strong('Next steps'), ...shown(lead, 0));
  for (const [at, step] of steps.entries()) lines.push(...shown(`${at + 1}. ${step}`, 0));
  return `${lines.join('\n')}\n`;
}

function gapLines(
  gaps: readonly IncidentGap[],
  shown: (text: string, indent: number) => readonly string[],
): readonly string[] {
  if (gaps.length === 0) return [];
  return [
    '  Not read:',
    ...gaps.slice(0, MOST_GAPS).flatMap(({ subject, reason }) => shown(`${subject}: ${reason}`, 4)),
    ...(gaps.length > MOST_GAPS ? [`    and ${gaps.length - MOST_GAPS} more`] : []),
  ];
}
