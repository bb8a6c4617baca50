import { undecidedGaps } from '../coverage/undecided-gaps.ts';
import type { Severity } from '../finding.ts';
import type { UnavailableReason } from '../registry/fact.ts';
import { asClause } from '../text/clause.ts';
import { groupBy } from '../text/group-by.ts';
import type { Uri } from '../text/uri.ts';
import { visibleText } from '../text/visible-text.ts';
import { advisoryGap, advisoryWords } from './advisory-words.ts';
import { group, plural } from './counted.ts';
import { ageOf, longDate } from './day-words.ts';
import { gapWords } from './gap-lines.ts';
import { nestedWords } from './nested-words.ts';
import type { Paint } from './paint.ts';
import type { Report, ReportedFile, ReportedGap, ReportedSource } from './report.ts';
import { reaches, summarize } from './summary.ts';
import type { TextOptions } from './text.ts';
import { wrap } from './wrap.ts';

/** The last lines of a text report: the counts, what was not checked, and what the findings rest on. */
export function closingLines(
  report: Report,
  path: (uri: Uri) => string,
  paint: Paint,
  { columns, now, leastShown }: TextOptions,
): readonly string[] {
  const undecided = undecidedGaps(report.undecided);
  const excluded = exclusions(report, path).flatMap((line, at) =>
    labelled(at === 0 ? 'Excluded: ' : ' '.repeat(10), line, columns),
  );
  const gaps = [
    ...report.files.flatMap((file) => fileGap(file, path)),
    ...(report.gitFailures ?? []).map(gitGap),
    ...ruleGaps(report),
    ...report.advisories.flatMap((state) => advisoryGap(state, now) ?? []),
    ...undecided.map((gap) => `${gapWords(gap)}.`),
  ];
  const isWhole = gaps.length === 0;
  const counts = [...wrap(`${countFindings(report, isWhole, paint)}; ${countFiles(report)}.`, columns)];
  const hidden = hiddenLine(report, leastShown);
  if (hidden !== undefined) counts.push(...wrap(hidden, columns));
  const notChecked = gaps.flatMap((gap, at) =>
    labelled(at === 0 ? 'Not checked: ' : ' '.repeat(13), gap, columns),
  );
  const nested = nestedWords(report.nestedConfigurations ?? 0);
  const unused = nested === undefined ? [] : wrap(`${nested}.`, columns);
  return [
    ...counts,
    ...excluded,
    ...notChecked,
    ...unused,
    ...labelled('Data: ', sourcesLine(report, now), columns),
  ];
}

/** Without findings, what was not checked is no part of the good news. */
function countFindings(report: Report, isWhole: boolean, paint: Paint): string {
  if (report.findings.length === 0) return isWhole ? 'No findings' : 'No findings in what was checked';
  const named = countsOf(report).map(([severity, label]) => keepTogether(label, severity, paint));
  const files = new Set(report.findings.map(({ finding }) => finding.uri)).size;
  return `${plural(report.findings.length, 'finding')} (${named.join(', ')}) in ${plural(files, 'file')}`;
}

/** How many there are of each severity that there are any of, the gravest first. */
function countsOf(report: Report): readonly (readonly [severity: Severity, label: string])[] {
  const { errors, warnings, information, hints } = summarize(report.findings.map(({ finding }) => finding));
  const parts: readonly (readonly [number, Severity, string])[] = [
    [errors, 'error', plural(errors, 'error')],
    [warnings, 'warning', plural(warnings, 'warning')],
    [information, 'information', `${group(information)} information`],
    [hints, 'hint', plural(hints, 'hint')],
  ];
  return parts.flatMap(([count, severity, label]) => (count === 0 ? [] : [[severity, label] as const]));
}

/** "Not shown: 59 hints; add --severity hint to see all." */
function hiddenLine(report: Report, leastShown: Severity): string | undefined {
  const hidden = countsOf(report).filter(([severity]) => !reaches(severity, leastShown));
  const least = hidden.at(-1)?.[0];
  if (least === undefined) return undefined;
  return `Not shown: ${hidden.map(([, label]) => label).join(', ')}; add --severity ${least} to see all.`;
}

/** Colour per word, as the line is wrapped at its spaces. */
function keepTogether(label: string, severity: Severity, paint: Paint): string {
  return label
    .split(' ')
    .map((word) => paint.severity(severity, word))
    .join(' ');
}

function countFiles(report: Report): string {
  const files = report.files.filter(({ kind }) => kind !== 'folder');
  const whole = files.filter(({ status }) => status === 'checked').length;
  const entries = files.reduce((sum, file) => sum + (file.entries?.read ?? 0), 0);
  const locked = entries > 0 ? ` with ${plural(entries, 'locked package')}` : '';
  const checked =
    whole === files.length ? plural(whole, 'file') : `${group(whole)} of ${plural(files.length, 'file')}`;
  return `${checked} checked${locked}`;
}

function fileGap(file: ReportedFile, path: (uri: Uri) => string): readonly string[] {
  if (file.status === 'checked') return [];
  const { entries, reason } = file;
  // The reason of a lockfile says how many entries there are.
  const share =
    entries === undefined || reason !== undefined
      ? 'partly read'
      : `${group(entries.read)} of ${plural(entries.total, 'entry')} read`;
  const state = file.status === 'partial' ? share : file.status;
  return [`${path(file.uri)} (${state})${reason === undefined ? '' : `: ${asClause(reason)}.`}`];
}

/** What each glob leaves out, with the line that says so. */
function exclusions({ excluded = [] }: Report, path: (uri: Uri) => string): readonly string[] {
  const groups = groupBy(excluded, ({ by, line }) => `${by} ${line}`);
  return [...groups.values()].map((group) => {
    const { by, line, glob } = group[0]!;
    const shown = group.slice(0, MOST_EXCLUDED).map(({ uri }) => path(uri));
    const more = group.length - shown.length;
    const files = more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
    return `${plural(group.length, 'file')} by "${glob}" in ${path(by)}:${line} (${files})`;
  });
}

/** The report for programs has them all. */
const MOST_EXCLUDED = 4;

function gitGap({ reason }: { readonly reason: string }): string {
  return `whether git tracks files that .gitignore names: ${asClause(reason)}.`;
}

const REASONS: Readonly<Record<UnavailableReason, string>> = {
  offline: 'offline',
  unreachable: 'the registry cannot be reached',
  private: 'private',
  elsewhere: 'taken from elsewhere than the registry',
  'no-access': 'the registry gave no access',
  'not-provided': 'the registry does not say',
  failed: 'the registry gave no usable answer',
  untrusted: 'not asked without --trust',
};

/** Rules that could not judge as many packages for one reason share a line: without the registry those are many. */
function ruleGaps({ notChecked, sources }: Report): readonly string[] {
  const isAsked = sources.some(({ kind, status }) => kind === 'registry' && status === 'asked');
  const reasons = isAsked ? { ...REASONS, untrusted: 'only files that are not trusted name it' } : REASONS;
  const groups = groupBy(notChecked, ({ reason, count }) => `${reason} ${count}`);
  return [...groups.values()].map((group) => {
    const { reason, count } = group[0]!;
    const named = group.length > MOST_NAMED ? plural(group.length, 'rule') : inWords(group);
    return `${named} for ${plural(count, 'package')} against the registry (${reasons[reason]})`;
  });
}

/** The names of more rules than that would say less than how many they are; the report for programs has them all. */
const MOST_NAMED = 4;

function inWords(gaps: readonly ReportedGap[]): string {
  const rules = gaps.map(({ rule }) => rule);
  const last = rules.pop()!;
  return rules.length === 0 ? last : `${rules.join(', ')} and ${last}`;
}

function sourcesLine({ sources, advisories }: Report, now: number): string {
  return [...advisoryWords(advisories, now), ...sources.map((source) => sourceText(source, now))].join(' · ');
}

function sourceText({ kind, asOf, status }: ReportedSource, now: number): string {
  if (kind === 'registry') return REGISTRY[status] ?? '';
  const age = asOf === undefined ? '' : `, ${ageOf(asOf, now)}`;
  return `popular names${asOf === undefined ? '' : ` of ${longDate(asOf)}`} (${status}${age})`;
}

const REGISTRY: Readonly<Partial<Record<ReportedSource['status'], string>>> = {
  offline: 'offline',
  'not-asked': 'no registry was asked',
  asked: 'registries were asked',
};

function labelled(label: string, text: string, columns: number): readonly string[] {
  const indent = ' '.repeat(label.length);
  return wrap(visibleText(text), columns - label.length).map((row, at) => (at === 0 ? label : indent) + row);
}
