import { indexLines, type LineIndex } from '../../../read/text/lines/line-index.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { namesAndMore } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import type { Paint } from '../paint.ts';
import { adviceOf } from './advice.ts';
import type { ShownFinding } from './alike-findings.ts';
import { codeFrame } from './code-frame.ts';
import type { Report } from './report.ts';

/** The rule whose findings are at secrets. */
export const HOLDS_SECRET = 'plaintext-token';

/** How findings are printed, and where their texts come from. */
export interface FindingView {
  readonly textOf: Report['textOf'];
  readonly path: (uri: Uri) => string;
  readonly paint: Paint;
  readonly columns: number;
  /** Returns undefined for a file whose text is unknown. */
  readonly linesOf: (uri: Uri) => LineIndex | undefined;
  /** The maximum number of related places listed per finding. */
  readonly mostRelated: number;
  /** The maximum number of places listed of findings that are shown once. */
  readonly mostAlike: number;
}

/** Returns a function that indexes the lines of each file once, as hundreds of findings may point into a large one. */
export function lineIndexes({ textOf }: Pick<Report, 'textOf'>): FindingView['linesOf'] {
  const known = new Map<Uri, LineIndex | undefined>();
  return (uri) => {
    if (!known.has(uri)) {
      const text = textOf(uri);
      known.set(uri, text === undefined ? undefined : indexLines(text));
    }
    return known.get(uri);
  };
}

/** Returns `7:5`, both from 1, as displayed by editors. */
export function placeOf(lines: LineIndex | undefined, offset: number): string {
  const { line, character } = (lines ?? indexLines('')).positionAt(offset);
  return `${line + 1}:${character + 1}`;
}

/** Returns the lines of findings in one file: its path, then each finding with its frame, separated by empty lines. */
export function fileLines(uri: Uri, findings: readonly ShownFinding[], view: FindingView): readonly string[] {
  const lines = view.linesOf(uri);
  const places = findings.map(({ finding }) => placeOf(lines, finding.span.start));
  const placeWidth = Math.max(...places.map((place) => place.length));
  const severityWidth = Math.max(...findings.map(({ finding }) => finding.severity.length));
  const block = [view.paint.strong(visibleText(view.path(uri)))];
  findings.forEach((reported, at) => {
    if (at > 0) block.push('');
    const place = `  ${places[at]!.padStart(placeWidth)}  `;
    block.push(...headOf(reported, place, severityWidth, view));
    block.push(...frameOf(reported, view));
    block.push(...remarkLines([...alikeOf(reported, view), ...relatedOf(reported, view)], view));
  });
  return block;
}

/** Formats place, severity and message with a hanging indent, and the rule's id if it fits. */
function headOf(
  { finding }: ShownFinding,
  place: string,
  severityWidth: number,
  view: FindingView,
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

function frameOf({ finding, first }: ShownFinding, view: FindingView): readonly string[] {
  const text = view.textOf(finding.uri);
  const lines = view.linesOf(finding.uri);
  if (text === undefined || lines === undefined || text === '') return [];
  const advice = adviceOf(finding, first.fixes).map(visibleText);
  const frame = codeFrame(text, lines, finding.span, advice, view.columns, finding.rule === HOLDS_SECRET);
  const { paint } = view;
  const marks = paint.severity(finding.severity, frame.carets.marks);
  return [
    paint.faint(frame.source.gutter) + frame.source.text,
    paint.faint(frame.carets.gutter) + frame.carets.indent + marks + frame.carets.advice,
    ...frame.rest.map(({ gutter, text: row }) => paint.faint(gutter) + row),
  ];
}

/** Formats the places of the findings that a shown one stands for. */
function alikeOf({ alike }: ShownFinding, view: FindingView): readonly string[] {
  if (alike.length === 0) return [];
  const places = alike
    .slice(0, view.mostAlike)
    .map(({ finding: { uri, span } }) => fullPlace(uri, span.start, view));
  return [`Also at ${namesAndMore(places, view.mostAlike, alike.length)}`];
}

function relatedOf({ finding }: ShownFinding, view: FindingView): readonly string[] {
  const shown = finding.related
    .slice(0, view.mostRelated)
    .map(({ uri, span, message }) => `${fullPlace(uri, span.start, view)}: ${message}`);
  const more = finding.related.length - shown.length;
  return more > 0 && shown.length > 0 ? [...shown, `and ${more} more; list all with --json`] : shown;
}

/** Returns `a/package.json:7:5`, or the path alone of a file whose text is unknown. */
function fullPlace(uri: Uri, offset: number, view: FindingView): string {
  const lines = view.linesOf(uri);
  return lines === undefined ? view.path(uri) : `${view.path(uri)}:${placeOf(lines, offset)}`;
}

function remarkLines(remarks: readonly string[], view: FindingView): readonly string[] {
  return remarks.flatMap((remark) => {
    const rows = wrap(visibleText(remark), view.columns - 9);
    return rows.map((row, at) =>
      view.paint.faint(`     ${at === 0 ? '=' : ' '} ${at === 0 ? '' : '  '}${row}`),
    );
  });
}
