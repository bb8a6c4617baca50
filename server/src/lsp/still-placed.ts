import { commonEnd, commonStart } from '../core/read/text/lines/common-ends.ts';
import type { Span } from '../core/read/text/span.ts';

/** In longer texts, comparing the ends takes as long as computing positions. */
const LONGEST = 1_000_000;

/**
 * Returns a check, after an edit within a line, whether a span is an earlier one at the same line and character: it lies
 * before the edit, or on later lines. Undefined for other edits.
 */
export function stillPlaced(
  before: string | undefined,
  after: string | undefined,
): ((from: Span, to: Span) => boolean) | undefined {
  if (before === undefined || after === undefined || after.length > LONGEST) return undefined;
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  const behind = after.length - end;
  const isWithinLine =
    !BREAK.test(before.slice(start, before.length - end)) &&
    !BREAK.test(after.slice(start, behind)) &&
    // Between CR and LF the edit would make two line breaks of one.
    after[start - 1] !== '\r';
  if (!isWithinLine) return undefined;
  const moved = after.length - before.length;
  const nextLine = lineBehind(after, behind);
  return (from, to) => {
    if (to.end <= start) return from.start === to.start && from.end === to.end;
    return to.start >= nextLine && from.start + moved === to.start && from.end + moved === to.end;
  };
}

const BREAK = /[\r\n]/;

/** Returns the start of the first line that lies entirely after the place. */
function lineBehind(text: string, place: number): number {
  const at = text.indexOf('\n', place);
  return at === -1 ? text.length + 1 : at + 1;
}
