import type { LineIndex } from '../../../read/text/lines/line-index.ts';
import { maskSecrets, sameLength } from '../../../read/text/secrets/mask-secrets.ts';
import type { Span } from '../../../read/text/span.ts';
import { type Cell, cellsOf, displayWidth } from '../../../read/text/words/visible-text.ts';
import { wrap } from '../../../read/text/wrap.ts';

/** Two or more lines for a terminal: the source line, and carets below the span with advice. */
export interface CodeFrame {
  /** The line number from 1, right-aligned in its column, and the source. */
  readonly source: { readonly gutter: string; readonly text: string };
  readonly carets: {
    readonly gutter: string;
    readonly indent: string;
    readonly marks: string;
    readonly advice: string;
  };
  /** The advice that does not fit beside the carets. */
  readonly rest: readonly { readonly gutter: string; readonly text: string }[];
}

/** What is read beyond that, so that a secret at the edge is recognized by what precedes it. */
const MARGIN = 4000;
/** The longest part of a line read on each side of the span, as a minified lockfile may be one line of megabytes. */
const REACH = 1000;

/**
 * Returns the frame of a span, or of its first line. Nothing is wider than `columns`; a long line is truncated on both
 * sides of the span. `advice` is sanitized text: placed beside the carets if all of it fits, otherwise on separate
 * lines; without advice there are only carets. Secrets are covered.
 * @param isSecret whether the span itself is one, whatever it looks like
 */
export function codeFrame(
  text: string,
  lines: LineIndex,
  span: Span,
  advice: readonly string[],
  columns: number,
  isSecret = false,
): CodeFrame {
  const { line, number, room, gutter } = measure(text, lines, span, columns);
  const from = Math.max(line.start, span.start - REACH - MARGIN);
  const to = Math.max(Math.min(line.end, span.start + 2 * REACH + MARGIN), span.start);
  const shown = maskSecrets(text.slice(from, to), sameLength);
  const start = span.start - from;
  const end = Math.min(span.end, line.end, span.start + REACH) - from;
  const token = cellsOf(isSecret ? sameLength(safeSlice(shown, start, end)) : safeSlice(shown, start, end));
  const before = cellsOf(safeSlice(shown, Math.max(0, start - REACH), start));
  const after = cellsOf(safeSlice(shown, start + sizeOf(token), Math.min(shown.length, start + 2 * REACH)));
  const cut = span.start - REACH > line.start;
  const view = fit({ before, token, after }, room, cut);
  const beside = advice.length === 0 ? '' : `  ${advice.join('; ')}`;
  const fits = displayWidth(`${view.indent}${view.marks}${beside}`) <= room;
  const restIndent = Math.min(view.indent.length, 4);
  const rest = fits ? [] : advice.flatMap((way) => wrap(way, room - restIndent));
  return {
    source: { gutter: `${number} |`, text: view.text === '' ? '' : ` ${view.text}` },
    carets: {
      gutter,
      indent: ` ${view.indent}`,
      marks: view.marks,
      advice: fits ? beside : '',
    },
    rest: rest.map((part) => ({ gutter, text: ` ${' '.repeat(restIndent)}${part}` })),
  };
}

interface Parts {
  readonly before: readonly Cell[];
  readonly token: readonly Cell[];
  readonly after: readonly Cell[];
}

function measure(text: string, lines: LineIndex, span: Span, columns: number) {
  const { line } = lines.positionAt(span.start);
  const start = lines.lineStart(line);
  let end = lines.lineStart(line + 1);
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  const number = String(line + 1).padStart(4);
  const gutter = `${' '.repeat(number.length)} |`;
  return { line: { start, end }, number, gutter, room: Math.max(columns - gutter.length - 1, 10) };
}

/** Returns as much of the line as fits: the token if it is not too wide, then what precedes it, then what follows. */
function fit({ before, token, after }: Parts, room: number, cutBefore: boolean) {
  const wholeToken = widthOf(token);
  const isTooWide = wholeToken > room - (room >> 2);
  const wanted = isTooWide ? room >> 1 : wholeToken;
  const wholeBefore = widthOf(before);
  const keepsStart = !cutBefore && wholeBefore + wanted + 1 <= room;
  const spare = room - wanted - 2;
  const beforeRoom = keepsStart ? wholeBefore : Math.max(Math.min(spare, room >> 2), spare - widthOf(after));
  const left = keepsStart ? before : takeLast(before, beforeRoom);
  const lead = keepsStart ? '' : '…';
  const used = lead.length + widthOf(left);
  const shown = takeFirst(token, room - used);
  const right = takeFirst(shown.cut ? [] : after, room - used - widthOf(shown.cells));
  const tail = shown.cut || right.cut ? '…' : '';
  const marks = Math.max(widthOf(shown.cells), 1);
  return {
    text: (lead + textOf(left) + textOf(shown.cells) + textOf(right.cells) + tail).trimEnd(),
    indent: ' '.repeat(used),
    marks: '^'.repeat(marks),
  };
}

/** Takes the first cells, reserving one column for the truncation mark if not all fit. */
function takeFirst(cells: readonly Cell[], room: number): { cells: readonly Cell[]; cut: boolean } {
  if (widthOf(cells) <= room) return { cells, cut: false };
  let used = 0;
  const end = cells.findIndex(({ width }) => {
    used += width;
    return used > room - 1;
  });
  return { cells: cells.slice(0, Math.max(end, 0)), cut: true };
}

function takeLast(cells: readonly Cell[], room: number): readonly Cell[] {
  let used = 0;
  let start = cells.length;
  while (start > 0 && used + cells[start - 1]!.width <= room) used += cells[--start]!.width;
  return cells.slice(start);
}

/** Slices without starting inside a surrogate pair. */
function safeSlice(text: string, start: number, end: number): string {
  const code = text.charCodeAt(start);
  return text.slice(code >= 0xdc00 && code <= 0xdfff ? start + 1 : start, end);
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

function sizeOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { length }) => sum + length, 0);
}

function textOf(cells: readonly Cell[]): string {
  return cells.map(({ text }) => text).join('');
}
