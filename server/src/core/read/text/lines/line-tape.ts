import type { ParseProblem } from '../problem.ts';
import type { Located, Span } from '../span.ts';

/** conflict: a merge conflict marker. */
export interface LineProblem extends ParseProblem {
  readonly kind: 'syntax' | 'conflict';
}

/** The index of a line's record in `LineTape.records`. */
export type LineToken = number;

/** The size of a record: where the key starts and ends, where the value starts and ends, and the depth of the line. */
export const LINE = 5;

/** No position: the value of a line that opens a block, a missing line. */
export const NOWHERE = -1;

/**
 * A text of indented lines with a key and a value, or a key and deeper lines below it, as a flat list; nothing is
 * decoded. Unreadable lines and those below them are omitted. Created by `scanLines`.
 */
export interface LineTape {
  readonly text: string;
  readonly records: Int32Array;
  /** In source order; if there are very many, not all are kept. */
  readonly problems: readonly LineProblem[];
  /** The number of unreadable lines of depth 0 with deeper lines below them. */
  readonly lostBlocks: number;
}

/** Returns the next line after this one and the lines below it. */
export function blockEnd({ records }: LineTape, line: LineToken): LineToken {
  const depth = records[line + 4]!;
  let next = line + LINE;
  while (next < records.length && records[next + 4]! > depth) next += LINE;
  return next;
}

/** Returns the span of the key, including quotes. */
export function keySpan({ records }: LineTape, line: LineToken): Span {
  return { start: records[line]!, end: records[line + 1]! };
}

/** Returns the span from the key to the end of the last line below it. */
export function blockSpan({ records }: LineTape, line: LineToken, end: LineToken): Span {
  const last = end - LINE;
  return {
    start: records[line]!,
    end: records[last + 3]! === NOWHERE ? records[last + 1]! : records[last + 3]!,
  };
}

export function hasValue({ records }: LineTape, line: LineToken): boolean {
  return records[line + 2]! !== NOWHERE;
}

export function decodeKey({ text, records }: LineTape, line: LineToken): string {
  return decodeToken(text, records[line]!, records[line + 1]!);
}

/** Returns the value with the span of its token, including quotes; undefined for a line that opens a block. */
export function locatedValue(tape: LineTape, line: LineToken): Located<string> | undefined {
  if (line === NOWHERE || !hasValue(tape, line)) return undefined;
  const start = tape.records[line + 2]!;
  const end = tape.records[line + 3]!;
  return { value: decodeToken(tape.text, start, end), span: { start, end } };
}

/** Checks whether the key is `name`, which needs no quotes. */
export function lineKeyIs({ text, records }: LineTape, line: LineToken, name: string): boolean {
  const start = records[line]!;
  const length = records[line + 1]! - start;
  if (length === name.length) return text.startsWith(name, start);
  return (
    length > name.length && text.charCodeAt(start) === 34 && decodeToken(text, start, start + length) === name
  );
}

/** Returns the last line directly below `block` with this key; `NOWHERE` if there is none. `end` is the block's. */
export function lineOf(tape: LineTape, block: LineToken, end: LineToken, name: string): LineToken {
  const depth = tape.records[block + 4]! + 1;
  let found = NOWHERE;
  for (let line = block + LINE; line < end; line += LINE) {
    if (tape.records[line + 4]! === depth && lineKeyIs(tape, line, name)) found = line;
  }
  return found;
}

/** Decodes a token: the text between its quotes, with escapes; the raw text of a token without quotes. */
export function decodeToken(text: string, start: number, end: number): string {
  const first = text.charCodeAt(start);
  if (first === 39 && end - start > 1) return text.slice(start + 1, end - 1).replaceAll("''", "'");
  if (first !== 34 || end - start < 2) return text.slice(start, end);
  const raw = text.slice(start + 1, end - 1);
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}
