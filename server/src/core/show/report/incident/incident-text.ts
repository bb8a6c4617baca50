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
import {
  type IncidentGap,
  type IncidentReport,
  type IncidentRepository,
  type IncidentVerdict,
  verdictOf,
} from './incident-report.ts';

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
  const { repositories } = report;
  const lines = [
    ...shown(formatQuestion(report), 0),
    ...shown(`${plural(repositories.length, 'repository', 'repositories')}: ${formatCounts(report)}.`, 0),
  ];
  const isMany = repositories.length > 1;
  if (isMany) {
    lines.push(...shown(`Searched: ${formatSearched(sumOf(repositories), report.isHistory)}`, 0));
    const clean = cleanLines(repositories);
    if (clean.length > 0) lines.push('', ...clean.flatMap((line) => shown(line, 0)));
  }
  // The end of a long report is what a terminal shows.
  for (const repository of isMany ? sortedByVerdict(repositories) : repositories) {
    const verdict = verdictOf(repository);
    const heading = shown(`${repository.path}: ${formatVerdict(repository)}`, 0);
    const isBad = verdict === 'hit-now' || verdict === 'was-hit';
    const severity = isBad ? 'error' : verdict === 'unknown' ? 'warning' : undefined;
    lines.push(
      '',
      ...heading.map((line) => (severity === undefined ? line : paint.severity(severity, line))),
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
  lines.push('');
  if (!report.isHistory)
    lines.push(...shown('Only working trees and HEAD were read. --history reads all commits.', 0));
  for (const part of report.machine) lines.push(...shown(part, 0));
  const [lead, ...steps] = nextSteps(report);
  if (lead !== undefined) lines.push('', paint.strong('Next steps'), ...shown(lead, 0));
  for (const [at, step] of steps.entries()) lines.push(...shown(`${at + 1}. ${step}`, 0));
  return `${lines.join('\n')}\n`;
}

const ORDER: readonly IncidentVerdict[] = ['unknown', 'was-hit', 'hit-now'];

/** Returns the repositories that are more than not hit, the worst last. */
function sortedByVerdict(repositories: readonly IncidentRepository[]): readonly IncidentRepository[] {
  return ORDER.flatMap((verdict) => repositories.filter((each) => verdictOf(each) === verdict));
}

/** Returns those that were not hit, a line for each folder: nobody reads more of them. */
function cleanLines(repositories: readonly IncidentRepository[]): readonly string[] {
  const folders = new Map<string, string[]>();
  for (const repository of repositories) {
    if (verdictOf(repository) !== 'not-hit') continue;
    const [, folder = '', name = ''] = /^(.*?)[\\/]*([^\\/]*)$/.exec(repository.path) ?? [];
    const label = `${repository.lockfiles === 0 ? 'No lockfile' : 'Not hit'}${folder === '' ? '' : ` in ${folder}`}`;
    folders.set(label, [...(folders.get(label) ?? []), name]);
  }
  return [...folders].map(([label, names]) => `${label}: ${names.join(', ')}`);
}

function sumOf(repositories: readonly IncidentRepository[]): IncidentRepository {
  const sum = (of: (repository: IncidentRepository) => number) =>
    repositories.reduce((total, each) => total + of(each), 0);
  const [first] = repositories;
  return { ...first!, commits: sum(({ commits }) => commits), lockfiles: sum(({ lockfiles }) => lockfiles) };
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
