import type { LineIndex, Position } from '../core/read/text/lines/line-index.ts';

/** The unit of a position's characters: UTF-16 code units, or bytes for clients that offer nothing else. */
export type Encoding = 'utf-16' | 'utf-8';

/** Conversion between offsets (UTF-16 code units of the text) and positions in the client's unit. */
export type Positions = Pick<LineIndex, 'positionAt' | 'offsetAt'>;

/** Returns the positions of a text in the client's encoding; `lines` counts in UTF-16 code units. */
export function encodePositions(text: string, lines: Positions, encoding: Encoding): Positions {
  if (encoding === 'utf-16') return lines;
  return {
    positionAt(offset) {
      const { line } = lines.positionAt(offset);
      const start = lines.offsetAt({ line, character: 0 });
      return { line, character: bytesBetween(text, start, offset) };
    },
    offsetAt({ line, character }: Position) {
      const start = lines.offsetAt({ line, character: 0 });
      const end = lines.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
      return offsetOfByte(text, start, end, character);
    },
  };
}

/** Returns the number of UTF-8 bytes of a part of a text. */
function bytesBetween(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at += unitsAt(text, at)) bytes += bytesAt(text, at);
  return bytes;
}

/** Returns the offset of the character that contains this byte, at most `end`. */
function offsetOfByte(text: string, start: number, end: number, byte: number): number {
  let bytes = 0;
  let at = start;
  while (at < end) {
    bytes += bytesAt(text, at);
    if (bytes > byte) break;
    at += unitsAt(text, at);
  }
  return Math.min(at, end);
}

function unitsAt(text: string, at: number): 1 | 2 {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}

function bytesAt(text: string, at: number): 1 | 2 | 3 | 4 {
  const point = text.codePointAt(at)!;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
