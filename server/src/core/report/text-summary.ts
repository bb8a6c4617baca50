import type { Severity } from '../finding.ts';
import type { UnavailableReason } from '../registry/fact.ts';
import { asClause } from '../text/clause.ts';
import { groupBy } from '../text/group-by.ts';
import type { Uri } from '../text/uri.ts';
import type { Paint } from './paint.ts';
import type { Report, ReportedFile, ReportedGap, ReportedSource } from './report.ts';
import { summarize } from './summary.ts';
import type { TextOptions } from './text.ts';
import { visibleText } from './visible-text.ts';
import { wrap } from './wrap.ts';

/** The last lines of a text report: the counts, what was not checked, and what the findings rest on. */
export function closingLines(
  report: Report,
  path: (uri: Uri) => string,
  paint: Paint,
  { columns, now }: TextOptions,
): readonly string[] {
  const counts = wrap(`${countFindings(report, paint)}; ${countFiles(report)}.`, columns);
  const gaps = [...report.files.flatMap((file) => fileGap(file, path)), ...ruleGaps(report.notChecked)];
  const notChecked = gaps.flatMap((gap, at) =>
    labelled(at === 0 ? 'Not checked: ' : ' '.repeat(13), gap, columns),
  );
  return [...counts, ...notChecked, ...labelled('Data: ', sourcesLine(report.sources, now), columns)];
}

function countFindings(report: Report, paint: Paint): string {
  const total = report.findings.length;
  if (total === 0) return 'No findings';
  const { errors, warnings, information, hints } = summarize(report);
  const parts: readonly [number, string, Severity][] = [
    [errors, plural(errors, 'error'), 'error'],
    [warnings, plural(warnings, 'warning'), 'warning'],
    [information, `${group(information)} information`, 'information'],
    [hints, plural(hints, 'hint'), 'hint'],
  ];
  const named = parts
    .filter(([count]) => count > 0)
    .map(([, label, severity]) => keepTogether(label, severity, paint));
  const files = new Set(report.findings.map(({ finding }) => finding.uri)).size;
  return `${plural(total, 'finding')} (${named.join(', ')}) in ${plural(files, 'file')}`;
}

/** Colour per word, as the line is wrapped at its spaces. */
function keepTogether(label: string, severity: Severity, paint: Paint): string {
  return label
    .split(' ')
    .map((word) => paint.severity(severity, word))
    .join(' ');
}

function countFiles({ files }: Report): string {
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

const REASONS: Readonly<Record<UnavailableReason, string>> = {
  offline: 'offline',
  private: 'private',
  'no-access': 'the registry gave no access',
  'not-provided': 'the registry does not say',
  failed: 'the registry did not answer',
  untrusted: 'not asked without --trust',
};

/** Rules that could not judge as many packages for one reason share a line: without the registry those are many. */
function ruleGaps(gaps: readonly ReportedGap[]): readonly string[] {
  const groups = groupBy(gaps, ({ reason, count }) => `${reason} ${count}`);
  return [...groups.values()].map((group) => {
    const { reason, count } = group[0]!;
    const named = group.length > MOST_NAMED ? plural(group.length, 'rule') : inWords(group);
    return `${named} for ${plural(count, 'package')} against the registry (${REASONS[reason]})`;
  });
}

/** The names of more rules than that would say less than how many they are; the report for programs has them all. */
const MOST_NAMED = 4;

function inWords(gaps: readonly ReportedGap[]): string {
  const rules = gaps.map(({ rule }) => rule);
  const last = rules.pop()!;
  return rules.length === 0 ? last : `${rules.join(', ')} and ${last}`;
}

function sourcesLine(sources: readonly ReportedSource[], now: number): string {
  return sources.map((source) => sourceText(source, now)).join(' · ');
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

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function longDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

function ageOf(date: string, now: number): string {
  const days = Math.floor((now - Date.parse(`${date}T00:00:00Z`)) / 86_400_000);
  return days <= 0 ? 'of today' : `${plural(days, 'day')} old`;
}

function labelled(label: string, text: string, columns: number): readonly string[] {
  const indent = ' '.repeat(label.length);
  return wrap(visibleText(text), columns - label.length).map((row, at) => (at === 0 ? label : indent) + row);
}

function plural(count: number, noun: string): string {
  const many = noun === 'entry' ? 'entries' : `${noun}s`;
  return `${group(count)} ${count === 1 ? noun : many}`;
}

/** 1,204: thousands apart, the same on every machine. */
function group(count: number): string {
  const digits = String(count);
  const first = digits.length % 3 || 3;
  let grouped = digits.slice(0, first);
  for (let at = first; at < digits.length; at += 3) grouped += `,${digits.slice(at, at + 3)}`;
  return grouped;
}
