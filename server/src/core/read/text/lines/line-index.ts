/** A position in a text: both count from 0, characters in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and positions of one text; built in one pass over its line endings. */
export interface LineIndex {
  readonly lineCount: number;
  positionAt(offset: number): Position;
  /**
   * Clamps a character past the line's end to that end, before the line ending; a line past the last one gives the
   * text's end.
   */
  offsetAt(position: Position): number;
  /** Returns the offset of the first character of a line; the text's length for a line past the end. */
  lineStart(line: number): number;
}

/** Builds the index. Lines end with \n, \r\n or \r, as in the Language Server Protocol. */
export function indexLines(text: string): LineIndex {
  const starts = lineStarts(text);
  const clamp = (offset: number) => Math.min(Math.max(offset, 0), text.length);
  const lineStart = (line: number) => (line < starts.length ? starts[Math.max(line, 0)]! : text.length);
  return {
    lineCount: starts.length,
    lineStart,
    positionAt(offset) {
      const at = clamp(offset);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= at) low = middle;
        else high = middle - 1;
      }
      return { line: low, character: at - starts[low]! };
    },
    offsetAt({ line, character }) {
      const start = lineStart(line);
      return Math.min(
        start + Math.max(character, 0),
        contentEnd(text, start, lineStart(Math.max(line, 0) + 1)),
      );
    },
  };
}

/** Returns where the line's characters end: `next` is the start of the line after it, or the text's length. */
function contentEnd(text: string, start: number, next: number): number {
  let end = next;
  if (end > start && text.charCodeAt(end - 1) === 10) end--;
  if (end > start && text.charCodeAt(end - 1) === 13) end--;
  return end;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  const bareReturns = text.includes('\r');
  if (!bareReturns) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) starts.push(at + 1);
    else if (code === 13 && text.charCodeAt(at + 1) !== 10) starts.push(at + 1);
  }
  return starts;
}
