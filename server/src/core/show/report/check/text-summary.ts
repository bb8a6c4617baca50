import type { CoverageGap } from '../../../judge/check/coverage.ts';
import type { Severity } from '../../../read/text/finding.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { hanging } from '../../../read/text/hanging-text.ts';
import { isWithin, type Uri } from '../../../read/text/paths/uri.ts';
import { ageOf, longDate } from '../../../read/text/words/dates.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { group, namesAndMore, plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { describeAdvisory } from '../describe-advisory.ts';
import type { Paint } from '../paint.ts';
import { describeNested } from '../watch/nested-words.ts';
import { describeGap, gapLines, sentence } from './gap-lines.ts';
import type { ExitReason, JsonEnding } from './json.ts';
import type { Report, ReportedSource } from './report.ts';
import { severityLabels } from './summary.ts';

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
  const sources = sourcesOf({ ...report, sources: report.sources.filter(isRegistry) }, now).join(' · ');
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

function baselineLine({ baseline }: Report, columns: number): readonly string[] {
  if (baseline === undefined) return [];
  const { since, known, gone } = baseline;
  const from = since === undefined ? 'Baseline' : `Since ${visibleText(since)}`;
  const others = gone === 0 ? '' : `, ${group(gone)} gone`;
  return wrap(`${from}: ${plural(known, 'known finding')} left out${others}.`, columns);
}

function isRegistry({ kind }: ReportedSource): boolean {
  return kind === 'registry';
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

function verdict(report: Report, { coverage, exitReason }: JsonEnding, paint: Paint): string {
  const findings = report.findings.map(({ finding }) => finding);
  const failed = exitReason === 'findings' || exitReason === 'unread' || exitReason === 'not-checked';
  const state = paint.strong(failed ? 'Failed:' : 'Passed:');
  // Unchecked parts are not part of the good news.
  if (findings.length === 0) {
    if (coverage.state === 'checked') return `${state} no findings.`;
    return failed ? `${state} no findings in what was checked.` : 'No findings in what was checked.';
  }
  const labels = severityLabels(findings).map(([severity, label]) =>
    label
      .split(' ')
      .map((word) => paint.severity(severity, word))
      .join(' '),
  );
  return `${state} ${labels.join(', ')}.`;
}

function describeExit(reason: ExitReason, failOn: Severity | 'never'): string {
  const fails = failOn === 'never' ? 'nothing fails' : `${failOn}s fail`;
  switch (reason) {
    case 'clean':
    case 'incomplete':
      return 'Exit code 0';
    case 'below-threshold':
      return failOn === 'error' ? 'Exit code 0 (only errors fail)' : `Exit code 0 (${fails})`;
    case 'findings':
      return `Exit code 1 (${failOn === 'information' ? failOn : `${failOn}s`} fail)`;
    case 'unread':
      return 'Exit code 2 (a file was not read completely)';
    case 'not-checked':
      return 'Exit code 2 (--fail-on-unchecked)';
  }
}

/** Formats the number of projects, files and packages checked. */
function extent({ root, files, projects }: Report): readonly string[] {
  // Excludes the user's own configuration, which is read as well but is outside the folder.
  const read = files.filter(({ uri, kind }) => kind !== 'folder' && isWithin(root, uri));
  const whole = read.filter(({ status }) => status === 'checked').length;
  const entries = read.reduce((sum, file) => sum + (file.entries?.read ?? 0), 0);
  const share =
    whole === read.length ? plural(whole, 'file') : `${group(whole)} of ${plural(read.length, 'file')}`;
  return [
    ...(projects.length > 1 ? [plural(projects.length, 'project')] : []),
    share,
    ...(entries > 0 ? [plural(entries, 'locked package')] : []),
  ];
}

/**
 * Formats the gaps as far as they fit: files first, then what registries were not asked, which covers most, packages
 * and advisories.
 */
function notChecked(gaps: readonly CoverageGap[], columns: number, room: number): readonly string[] {
  const sorted = ORDER.flatMap((kind) => gaps.filter((gap) => gap.kind === kind));
  const items = [...groupBy(sorted, causeOf).values()].map((alike) =>
    alike[0]!.kind === 'advisories'
      ? `${subjectOf(alike)}.`
      : `${subjectOf(alike)}. ${sentence(alike[0]!.advice)}`,
  );
  const label = 'Not checked: ';
  const rowsOf = (count: number) =>
    items.slice(0, count).flatMap((item, at) => {
      const left = at === count - 1 ? items.length - count : 0;
      const isUnnamed = at === count - 1 && sorted.some(({ kind }) => kind === 'advisories');
      const listed = left > 0 ? `${left} more` : isUnnamed ? 'them' : undefined;
      const more = listed === undefined ? '' : ` Run with --verbose to list ${listed}.`;
      return wrap(visibleText(`${item}${more}`), columns - label.length);
    });
  let count = items.length;
  while (count > 1 && rowsOf(count).length > room) count--;
  return rowsOf(count).map((row, at) => (at === 0 ? label : ' '.repeat(label.length)) + row);
}

const ORDER: readonly CoverageGap['kind'][] = ['file', 'rules', 'advisory-source', 'package', 'advisories'];

/** Returns a key for gaps with the same remedy, which are listed as one. */
function causeOf({ kind, reason, advice }: CoverageGap): string {
  if (isRegistryGap({ kind })) return `registry ${advice}`;
  return kind === 'advisories' ? kind : `${kind} ${reason} ${advice}`;
}

function isRegistryGap({ kind }: Pick<CoverageGap, 'kind'>): boolean {
  return kind === 'rules' || kind === 'advisory-source';
}

/** Formats the subjects of gaps with the same cause, short enough for a summary. */
function subjectOf(alike: readonly CoverageGap[]): string {
  const [gap] = alike as [CoverageGap];
  if (isRegistryGap(gap)) {
    const kinds = new Set(alike.map(({ kind }) => kind));
    if (alike.length === 1 && gap.kind === 'advisory-source') return describeGap(gap);
    const what = ['rules', 'advisory-source']
      .filter((kind) => kinds.has(kind as CoverageGap['kind']))
      .map((kind) => (kind === 'rules' ? 'metadata' : 'advisories'));
    return `registry ${what.join(' and ')} (${gap.detail})`;
  }
  if (gap.kind === 'advisories') {
    const packages = new Set(alike.flatMap(({ packages = [] }) => packages));
    return `${plural(packages.size, 'package')} against advisories with unclear ranges`;
  }
  if (alike.length === 1 && gap.kind !== 'file') return describeGap(gap);
  const subjects = [...new Set(alike.map(({ subject }) => subject))];
  const named = namesAndMore(subjects, MOST_NAMED);
  const isAlike = alike.every(({ detail }) => detail === gap.detail);
  return `${named} (${gap.kind === 'file' && !isAlike ? FILE_STATES[gap.state] : gap.detail})`;
}

const MOST_NAMED = 3;

const FILE_STATES: Readonly<Record<CoverageGap['state'], string>> = {
  ...{ partly: 'read only in part', 'not-checked': 'not read' },
};

/** Formats what each glob excludes, with its line. */
function exclusions(
  { excluded = [] }: Report,
  path: (uri: Uri) => string,
): readonly { readonly summary: string; readonly files: string }[] {
  const groups = groupBy(excluded, ({ by, line }) => `${by} ${line}`);
  return [...groups.values()].map((alike) => {
    const { by, line, glob } = alike[0]!;
    return {
      summary: `${plural(alike.length, 'file')} by "${glob}" in ${path(by)}:${line}`,
      files: alike.map(({ uri }) => path(uri)).join(', '),
    };
  });
}

function sourcesOf({ sources, advisories }: Report, now: number): readonly string[] {
  return [...describeAdvisory(advisories, now), ...sources.map((source) => sourceText(source, now))];
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
