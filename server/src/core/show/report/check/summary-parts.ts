import type { CoverageGap } from '../../../judge/check/coverage.ts';
import type { Severity } from '../../../read/text/finding.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { isWithin, type Uri } from '../../../read/text/paths/uri.ts';
import { ageOf, longDate } from '../../../read/text/words/dates.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { group, namesAndMore, plural } from '../../../read/text/words/words.ts';
import { describeAdvisory } from '../describe-advisory.ts';
import { describeGap, sentence } from './gap-lines.ts';
import type { ExitReason, JsonEnding } from './json.ts';
import type { Report, ReportedSource } from './report.ts';

/** The first words of a report. */
export interface Verdict {
  /** Undefined if nothing was found but not everything was checked, which is no good news. */
  readonly state: 'Failed' | 'Passed' | undefined;
  /** Undefined if the counts of the findings follow. */
  readonly text: string | undefined;
}

/** Returns the verdict of a report, for the first line of every form that people read. */
export function verdictOf({ findings }: Report, { coverage, exitReason }: JsonEnding): Verdict {
  const failed = exitReason === 'findings' || exitReason === 'unread' || exitReason === 'not-checked';
  const state = failed ? 'Failed' : 'Passed';
  if (findings.length > 0) return { state, text: undefined };
  if (coverage.state === 'checked') return { state, text: 'no findings.' };
  // Unchecked parts are not part of the good news.
  return failed
    ? { state, text: 'no findings in what was checked.' }
    : { state: undefined, text: 'No findings in what was checked.' };
}

/** Describes how many findings a baseline or a commit excludes from a report; undefined without one. */
export function describeBaseline({ baseline }: Report): string | undefined {
  if (baseline === undefined) return undefined;
  const { since, known, gone } = baseline;
  const from = since === undefined ? 'Baseline' : `Since ${visibleText(since)}`;
  const others = gone === 0 ? '' : `, ${group(gone)} gone`;
  return `${from}: ${plural(known, 'known finding')} left out${others}.`;
}

/** Describes the exit code of a check with its reason. */
export function describeExit(reason: ExitReason, failOn: Severity | 'never'): string {
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
export function extent(report: Report): readonly string[] {
  const { root, files, projects } = report;
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
    ...(report.comparesInstalled === true && entries > 0 ? [describeInstalled(report)] : []),
  ];
}

/** Describes how far installed packages were compared, which the user asked for and gaps of other rules would hide. */
function describeInstalled({ files, notChecked }: Report): string {
  const gaps = notChecked.filter(({ rule }) => rule === 'installed-mismatch');
  if (gaps.length === 0) return 'installed packages compared';
  const lockfiles = files.filter(({ entries }) => entries !== undefined);
  if (lockfiles.length === 1 && gaps.some(({ reason }) => reason === 'not-installed'))
    return 'nothing is installed';
  return 'installed packages partly compared';
}

/** Returns what was not checked with what to do about it, one item for each cause, files first. */
export function gapItems(gaps: readonly CoverageGap[]): readonly string[] {
  const sorted = ORDER.flatMap((kind) => gaps.filter((gap) => gap.kind === kind));
  return [...groupBy(sorted, causeOf).values()].map((alike) =>
    alike[0]!.kind === 'advisories'
      ? `${subjectOf(alike)}.`
      : `${subjectOf(alike)}. ${sentence(alike[0]!.advice)}`,
  );
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
export function exclusions(
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

/** Formats the age of the advisories, and whether registries were asked. */
export function dataOf(report: Report, now: number): readonly string[] {
  const sources = report.sources.filter(({ kind }) => kind === 'registry');
  return sourcesOf({ ...report, sources }, now);
}

/** Formats every data source with its age. */
export function sourcesOf({ sources, advisories }: Report, now: number): readonly string[] {
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
