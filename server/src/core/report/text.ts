import type { Severity } from '../finding.ts';
import { groupBy } from '../text/group-by.ts';
import { indexLines, type LineIndex } from '../text/line-index.ts';
import type { Uri } from '../text/uri.ts';
import { displayWidth, visibleText } from '../text/visible-text.ts';
import { adviceOf } from './advice.ts';
import { codeFrame } from './code-frame.ts';
import { COLOURED, type Paint, PLAIN } from './paint.ts';
import { pathsFrom, type Report, type ReportedFinding } from './report.ts';
import { reaches } from './summary.ts';
import { closingLines } from './text-summary.ts';
import { wrap } from './wrap.ts';

export interface TextOptions {
  /** Nothing is wider than this, but for a path that is. */
  readonly columns: number;
  readonly colour: boolean;
  /** Findings that are less grave are only counted. */
  readonly leastShown: Severity;
  /** Milliseconds since 1970, for the age of what findings rest on. */
  readonly now: number;
}

/** The report for a person at a terminal, with a line end. Empty lines stand between findings and before the summary. */
export function textReport(report: Report, options: TextOptions): string {
  const paint = options.colour ? COLOURED : PLAIN;
  const path = pathsFrom(report.root);
  const view = { report, path, paint, columns: options.columns, linesOf: linesOfFiles(report) };
  const shown = report.findings.filter(({ finding }) => reaches(finding.severity, options.leastShown));
  const blocks = [...groupBy(shown, ({ finding }) => finding.uri)].map(([uri, findings]) =>
    fileBlock(uri, findings, view),
  );
  const closing = closingLines(report, path, paint, options);
  return `${[...blocks, closing].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

interface View {
  readonly report: Report;
  readonly path: (uri: Uri) => string;
  readonly paint: Paint;
  readonly columns: number;
  /** Undefined for a file whose text is not known. */
  readonly linesOf: (uri: Uri) => LineIndex | undefined;
}

/** The lines of each file are looked for once, as hundreds of findings may point into a large one. */
function linesOfFiles({ textOf }: Report): View['linesOf'] {
  const known = new Map<Uri, LineIndex | undefined>();
  return (uri) => {
    if (!known.has(uri)) {
      const text = textOf(uri);
      known.set(uri, text === undefined ? undefined : indexLines(text));
    }
    return known.get(uri);
  };
}

function fileBlock(uri: Uri, findings: readonly ReportedFinding[], view: View): readonly string[] {
  const text = view.report.textOf(uri);
  const lines = view.linesOf(uri) ?? indexLines('');
  const places = findings.map(({ finding }) => placeOf(lines, finding.span.start));
  const placeWidth = Math.max(...places.map((place) => place.length));
  const severityWidth = Math.max(...findings.map(({ finding }) => finding.severity.length));
  const block = [view.paint.strong(visibleText(view.path(uri)))];
  findings.forEach((reported, at) => {
    if (at > 0) block.push('');
    const place = `  ${places[at]!.padStart(placeWidth)}  `;
    block.push(...headOf(reported, place, severityWidth, view));
    if (text !== undefined) block.push(...frameOf(reported, text, lines, view));
    block.push(...relatedOf(reported, view));
  });
  return block;
}

/** `7:5`, both counted from 1, as editors show it. */
function placeOf(lines: LineIndex, offset: number): string {
  const { line, character } = lines.positionAt(offset);
  return `${line + 1}:${character + 1}`;
}

/** Place, severity and message, wrapped below itself; the rule's id where there is room for it. */
function headOf(
  { finding }: ReportedFinding,
  place: string,
  severityWidth: number,
  view: View,
): readonly string[] {
  const { severity, rule } = finding;
  const indent = ' '.repeat(place.length + severityWidth + 2);
  const message = wrap(visibleText(finding.message), view.columns - indent.length);
  const id = `   ${rule}`;
  const last = message[message.length - 1]!;
  const fits = indent.length + displayWidth(last) + id.length <= view.columns;
  const padding = ' '.repeat(severityWidth - severity.length + 2);
  const rows = message.map((row, at) =>
    at === 0 ? place + view.paint.severity(severity, severity) + padding + row : indent + row,
  );
  if (!fits)
    return [...rows, indent.slice(0, Math.max(view.columns - rule.length, 0)) + view.paint.faint(rule)];
  rows[rows.length - 1] += view.paint.faint(id);
  return rows;
}

function frameOf(
  { finding, fixes }: ReportedFinding,
  text: string,
  lines: LineIndex,
  view: View,
): readonly string[] {
  if (text === '') return [];
  const advice = adviceOf(finding, fixes).map(visibleText);
  const frame = codeFrame(text, lines, finding.span, advice, view.columns);
  const { paint } = view;
  const marks = paint.severity(finding.severity, frame.carets.marks);
  return [
    paint.faint(frame.source.gutter) + frame.source.text,
    paint.faint(frame.carets.gutter) + frame.carets.indent + marks + frame.carets.advice,
    ...frame.rest.map(({ gutter, text: row }) => paint.faint(gutter) + row),
  ];
}

const RELATED_SHOWN = 3;

function relatedOf({ finding }: ReportedFinding, view: View): readonly string[] {
  const shown = finding.related.slice(0, RELATED_SHOWN).map(({ uri, span, message }) => {
    const lines = view.linesOf(uri);
    const place = lines === undefined ? '' : `:${placeOf(lines, span.start)}`;
    return `${view.path(uri)}${place}: ${message}`;
  });
  const more = finding.related.length - RELATED_SHOWN;
  const all = more > 0 ? [...shown, `and ${more} more`] : shown;
  return all.flatMap((related) => {
    const rows = wrap(visibleText(related), view.columns - 9);
    return rows.map((row, at) =>
      view.paint.faint(`     ${at === 0 ? '=' : ' '} ${at === 0 ? '' : '  '}${row}`),
    );
  });
}
