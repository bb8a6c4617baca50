import type { Coverage } from '../../../judge/check/coverage.ts';
import type { AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import type { Fix, Severity } from '../../../read/text/finding.ts';
import { indexLines, type LineIndex, type Position } from '../../../read/text/lines/line-index.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import type { Span } from '../../../read/text/span.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';
import { lockfileItems } from '../diff/diff-json.ts';
import {
  pathsFrom,
  type Report,
  type ReportedBaseline,
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

/** One replacement; for a path that does not exist (range 0:0-0:0) it creates the file. */
export interface JsonEdit {
  readonly path: string;
  readonly range: JsonRange;
  readonly newText: string;
}

export interface JsonFix {
  readonly title: string;
  readonly applicability: Fix['applicability'];
  readonly edits: readonly JsonEdit[];
  /** Paths of deleted files. */
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

export interface AcceptedJsonFinding {
  readonly finding: JsonFinding;
  readonly reasons: readonly string[];
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
  /** The configuration file, and the line of the glob, from 1. */
  readonly by: { readonly path: string; readonly line: number };
}

/**
 * A data source of findings. Each advisory source has one `advisories` item, with the number of packages it left
 * undecided.
 */
export interface JsonSource {
  readonly kind: string;
  readonly asOf?: string;
  /** The date up to which it is complete, if it is partial since. */
  readonly completeTo?: string;
  readonly status: string;
  readonly source?: string;
  readonly host?: string;
  readonly reason?: string;
  readonly unanswered?: number;
}

/** The stable machine-readable form. Members may be added in later versions, none is renamed or removed. */
export interface JsonReport {
  readonly version: 1;
  readonly root: string;
  readonly files: readonly JsonFile[];
  readonly findings: readonly JsonFinding[];
  readonly notChecked: readonly ReportedGap[];
  /** Manifests and lockfiles excluded by the "exclude" globs of a configuration file. */
  readonly excluded: readonly JsonExclusion[];
  /** Folders for which git failed to list tracked files among ignored ones. */
  readonly gitFailures: readonly { readonly path: string; readonly reason: string }[];
  readonly sources: readonly JsonSource[];
  /** The number of projects below a trusted one whose own configuration is not used; missing if none. */
  readonly nestedConfigurations?: number;
  /** With `--baseline` or `--since`: how many findings are still there and not listed, and how many are gone. */
  readonly baseline?: ReportedBaseline;
  /** With `--since`: the differences of lockfiles, as in `dephygiene diff --format json`. */
  readonly changes?: readonly object[];
  readonly summary: Summary;
  /** How completely everything was checked: `gaps` lists everything that was not, with the reason and what to do. */
  readonly coverage: Coverage;
  /** The reason for the exit code. */
  readonly exitReason: ExitReason;
}

/**
 * clean: exit code 0 without gaps; below-threshold: exit code 0 despite findings; incomplete: exit code 0 although not
 * everything was checked. findings: 1. unread: 2, a manifest or lockfile was not read; not-checked: 2, not everything
 * was checked, as required by --fail-on-unchecked.
 */
export type ExitReason = 'clean' | 'below-threshold' | 'incomplete' | 'findings' | 'unread' | 'not-checked';

export interface JsonEnding {
  readonly coverage: Coverage;
  readonly exitReason: ExitReason;
}

/** Returns the report as JSON text with a trailing newline. Paths are relative to `root`, with `/`. */
export function jsonReport(report: Report, ending: JsonEnding): string {
  return `${printableJson(JSON.stringify(jsonOf(report, ending), undefined, 2))}\n`;
}

/** Returns the report as plain data, before serialization. */
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
    ...optional({
      baseline: report.baseline,
      changes: report.changes === undefined ? undefined : lockfileItems(report.changes),
    }),
    summary: summarize(report.findings.map(({ finding }) => finding)),
    coverage,
    exitReason,
  };
}

export type ListedFindings = Pick<Report, 'root' | 'textOf' | 'findings'>;

/** Returns the findings of a report as plain data, without fixes. */
export function jsonFindings(report: ListedFindings): readonly JsonFinding[] {
  const path = pathsFrom(report.root);
  const range = rangesIn(report);
  return report.findings.map(({ finding }) => findingOf({ finding, fixes: [] }, path, range));
}

/** Returns the findings that the configuration accepts, in the same form, without fixes. */
export function acceptedOf(report: Report): readonly AcceptedJsonFinding[] {
  const path = pathsFrom(report.root);
  const range = rangesIn(report);
  return (report.accepted ?? []).map(({ finding, reasons }) => ({
    finding: findingOf({ finding, fixes: [] }, path, range),
    reasons,
  }));
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

/** Converts spans into ranges. A file without text has only its start, as does one that an edit creates. */
function rangesIn(report: Pick<Report, 'textOf'>): (uri: Uri, span: Span) => JsonRange {
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

/** Returns the known members: unknown ones are omitted from the JSON. */
function optional<T extends Record<string, unknown>>(
  members: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
