import { groupBy } from '../../../read/text/group-by.ts';
import { hanging, listed } from '../../../read/text/hanging-text.ts';
import { asClause } from '../../../read/text/words/clause.ts';
import { formatAge } from '../../../read/text/words/dates.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { eventSentence } from '../../watch/describe-event.ts';
import { advisoryGap } from '../describe-advisory.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import { hasGap, type ReportedWatch, type WatchReport } from './watch-report.ts';

export interface WatchTextOptions {
  readonly columns: number;
  readonly colour: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Formats the news by project, one short line if there is none, and what could not be checked; with a trailing newline.
 */
export function watchText(report: WatchReport, { columns, colour, now }: WatchTextOptions): string {
  const paint = colour ? COLOURED : PLAIN;
  const lines: string[] = [];
  const reported = report.projects.filter(({ events }) => events.length > 0);
  for (const project of reported) {
    if (lines.length > 0) lines.push('');
    const [head = '', ...rest] = wrap(headOf(project, now), columns);
    lines.push(paint.strong(head), ...rest);
    for (const event of project.events) {
      const isBad = event.kind === 'malware' || event.kind === 'advisory';
      const [first = '', ...more] = hanging('  - ', visibleText(eventSentence(event)), columns);
      lines.push(isBad ? paint.severity('error', first) : first, ...more);
    }
  }
  const firsts = report.projects.filter(({ since }) => since === undefined);
  const before = report.projects.filter(({ since }) => since !== undefined);
  if (reported.length === 0 && before.length > 0) {
    lines.push(...wrap(quietSentence(report, before, now), columns));
  }
  if (firsts.length > 0) lines.push(...wrap(firstSentence(firsts, report), columns));
  for (const gap of gaps(report, now)) lines.push(...hanging('Not checked: ', gap, columns));
  return `${lines.join('\n')}\n`;
}

function headOf({ name, path, since, events }: ReportedWatch, now: number): string {
  const names = new Set(events.map((event) => event.name)).size;
  const where = path === '' || path === name ? name : `${name} (${path})`;
  const verb = names === 1 ? 'has' : 'have';
  const count = events.some(({ kind }) => kind === 'look-alike' || kind === 'new-package')
    ? `${plural(names, 'package')} watched for`
    : `${plural(names, 'dependency', 'dependencies')} of`;
  return `${count} ${visibleText(where)} ${verb} news since the last run, ${formatAge(since!, now)}:`;
}

function quietSentence(report: WatchReport, before: readonly ReportedWatch[], now: number): string {
  const since = `since the last run, ${formatAge(Math.min(...before.map((each) => each.since!)), now)}`;
  const what = countedAll(before);
  // No answer is not good news.
  return hasGap(report)
    ? `No news about ${what} ${since}, but not everything could be checked.`
    : `No news about ${what} ${since}.`;
}

function firstSentence(firsts: readonly ReportedWatch[], { projects, unseen }: WatchReport): string {
  const where =
    firsts.length === projects.length ? '' : ` of ${listed(firsts.map(({ name }) => visibleText(name)))}`;
  const count = new Set(unseen.map(({ name }) => name)).size;
  const advised = count === 0 ? '' : ` (${count} by local advisories only)`;
  return `First run: recorded ${countedAll(firsts)}${where}${advised}. The next run reports news.`;
}

function countedAll(projects: readonly ReportedWatch[]): string {
  const count = projects.reduce((sum, { dependencies }) => sum + dependencies, 0);
  return plural(count, 'dependency', 'dependencies');
}

function* gaps({ unseen, unseenAccounts, unread, advisories }: WatchReport, now: number): Generator<string> {
  for (const [detail, packages] of groupBy(unseen, (each) => each.detail)) {
    yield `${listed(packages.map(({ name }) => visibleText(name)))} (${visibleText(detail)}).`;
  }
  for (const [detail, accounts] of groupBy(unseenAccounts, (each) => each.detail)) {
    const names = listed(accounts.map(({ name }) => visibleText(name)));
    yield `packages of ${names} (${visibleText(detail)}).`;
  }
  for (const { path, reason } of unread) {
    const why = reason === undefined ? 'it was not read completely' : asClause(reason);
    yield visibleText(`${path} (${why}).`);
  }
  for (const state of advisories) {
    const gap = advisoryGap(state, now);
    if (gap !== undefined) yield visibleText(`${gap}.`);
  }
}
