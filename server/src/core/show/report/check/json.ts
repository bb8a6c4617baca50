import type { Coverage } from '../../../judge/check/coverage.ts';
import type { AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import type { Fix, Severity } from '../../../read/text/finding.ts';
import { indexLines, type LineIndex, type Position } from '../../../read/text/lines/line-index.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import type { Span } from '../../../read/text/span.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';
import {
  pathsFrom,
  type Report,
  type ReportedFile,
  type ReportedFinding,
  type ReportedGap,
} from './report.ts';
import { type Summary, summarize } from './summary.ts';

/** Lines and characters count from 0, characters in UTF-16 code units. */
export interface JsonRange {
  readonly start: Position;
  readonly end: Position;
}

/** One replacement; on a path that does not exist (range 0:0-0:0) it creates the file. */
export interface JsonEdit {
  readonly path: string;
  readonly range: JsonRange;
  readonly newText: string;
}

export interface JsonFix {
  readonly title: string;
  readonly applicability: Fix['applicability'];
  readonly edits: readonly JsonEdit[];
  /** Paths of files that it deletes. */
  readonly deletes?: readonly string[];
  readonly command?: string;
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly path: string;
  readonly range: JsonRange;
  readonly message: string;
  readonly package?: string;
  readonly version?: string;
  readonly target?: string;
  readonly related: readonly { readonly path: string; readonly range: JsonRange; readonly message: string }[];
  readonly data: object;
  readonly fixes: readonly JsonFix[];
}

export interface JsonFile {
  readonly path: string;
  readonly kind: string;
  readonly status: ReportedFile['status'];
  readonly reason?: string;
  readonly entries?: { readonly read: number; readonly total: number };
}

export interface JsonExclusion {
  readonly path: string;
  readonly glob: string;
  /** The configuration file, and the line of it that has the glob, from 1. */
  readonly by: { readonly path: string; readonly line: number };
}

/** What findings rest on. Of `advisories` there is one for each source, which says how many packages it left open. */
export interface JsonSource {
  readonly kind: string;
  readonly asOf?: string;
  /** Until when it has all that was published, where it is partial since. */
  readonly completeTo?: string;
  readonly status: string;
  readonly source?: string;
  readonly host?: string;
  readonly reason?: string;
  readonly unanswered?: number;
}

/** The stable machine form. Members may be added in later versions, none is renamed or removed. */
export interface JsonReport {
  readonly version: 1;
  readonly root: string;
  readonly files: readonly JsonFile[];
  readonly findings: readonly JsonFinding[];
  readonly notChecked: readonly ReportedGap[];
  /** Manifests and lockfiles that the "exclude" globs of a configuration file leave out. */
  readonly excluded: readonly JsonExclusion[];
  /** Folders of which git could not say what it tracks of what it ignores. */
  readonly gitFailures: readonly { readonly path: string; readonly reason: string }[];
  readonly sources: readonly JsonSource[];
  /** How many projects below a trusted one have configuration of their own, which is not used; missing for none. */
  readonly nestedConfigurations?: number;
  readonly summary: Summary;
  /** How far all of it was checked: `gaps` has everything that was not, with the reason and what to do. */
  readonly coverage: Coverage;
  /** Why the command ends with the code that it ends with. */
  readonly exitReason: ExitReason;
}

/**
 * clean: exit code 0 and no gap; below-threshold: exit code 0, though there are findings; incomplete: exit code 0, though
 * not everything was checked. findings: 1. unread: 2, a manifest or lockfile was not read; not-checked: 2, not everything
 * was checked and --fail-on-unchecked asks for it.
 */
export type ExitReason = 'clean' | 'below-threshold' | 'incomplete' | 'findings' | 'unread' | 'not-checked';

export interface JsonEnding {
  readonly coverage: Coverage;
  readonly exitReason: ExitReason;
}

/** The report as JSON text with a line end. Paths are relative to `root`, with `/`. */
export function jsonReport(report: Report, ending: JsonEnding): string {
  return `${printableJson(JSON.stringify(jsonOf(report, ending), undefined, 2))}\n`;
}

/** The report as plain data, before it becomes text. */
export function jsonOf(report: Report, { coverage, exitReason }: JsonEnding): JsonReport {
  const path = pathsFrom(report.root);
  const range = rangesIn(report);
  return {
    version: 1,
    root: report.rootPath,
    files: report.files.map((file) => fileOf(file, path)),
    findings: report.findings.map((reported) => findingOf(reported, path, range)),
    notChecked: report.notChecked.map(({ rule, reason, count }) => ({ rule, reason, count })),
    excluded: (report.excluded ?? []).map(({ uri, glob, by, line }) => ({
      path: path(uri),
      glob,
      by: { path: path(by), line },
    })),
    gitFailures: (report.gitFailures ?? []).map(({ uri, reason }) => ({ path: path(uri), reason })),
    sources: [
      ...report.sources.map(({ kind, asOf, status }) => ({ kind, ...optional({ asOf }), status })),
      ...report.advisories.map(advisorySource),
    ],
    ...(report.nestedConfigurations ? { nestedConfigurations: report.nestedConfigurations } : {}),
    summary: summarize(report.findings.map(({ finding }) => finding)),
    coverage,
    exitReason,
  };
}

function advisorySource(state: AdvisorySourceState): JsonSource {
  const { source, host, detail, asOf, completeTo, unanswered } = state;
  const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  return {
    kind: 'advisories',
    ...optional({ asOf: time(asOf), completeTo: time(completeTo) }),
    status: state.state,
    source,
    ...optional({ host, reason: detail }),
    unanswered,
  };
}

function fileOf(file: ReportedFile, path: (uri: Uri) => string): JsonFile {
  const { uri, kind, status, reason, entries } = file;
  return { path: path(uri), kind, status, ...optional({ reason, entries }) };
}

function findingOf(
  { finding, fixes }: ReportedFinding,
  path: (uri: Uri) => string,
  range: (uri: Uri, span: Span) => JsonRange,
): JsonFinding {
  const { package: name, version, target } = finding;
  return {
    rule: finding.rule,
    severity: finding.severity,
    path: path(finding.uri),
    range: range(finding.uri, finding.span),
    message: finding.message,
    ...optional({ package: name, version, target }),
    related: finding.related.map(({ uri, span, message }) => ({
      path: path(uri),
      range: range(uri, span),
      message,
    })),
    data: finding.data,
    fixes: fixes.map(({ title, applicability, edits, deletes, command }) => ({
      title,
      applicability,
      edits: edits.map(({ uri, span, newText }) => ({ path: path(uri), range: range(uri, span), newText })),
      ...optional({ deletes: deletes?.map(path), command }),
    })),
  };
}

/** Turns spans into ranges. A file without a text has only its beginning, as for one that an edit creates. */
function rangesIn(report: Report): (uri: Uri, span: Span) => JsonRange {
  const indexes = new Map<Uri, LineIndex>();
  const indexOf = (uri: Uri): LineIndex => {
    const known = indexes.get(uri) ?? indexLines(report.textOf(uri) ?? '');
    indexes.set(uri, known);
    return known;
  };
  return (uri, span) => {
    const index = indexOf(uri);
    return { start: index.positionAt(span.start), end: index.positionAt(span.end) };
  };
}

/** The members that are known: unknown ones are left out of the JSON. */
function optional<T extends Record<string, unknown>>(
  members: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
