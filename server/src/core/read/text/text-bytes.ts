import { utf8Encoder } from './encoding.ts';

/**
 * A text with one byte for each UTF-16 unit, so that offsets are the same: for scanners, which look for ASCII
 * characters, and at several spaces at once. A character of more than seven bits is `WIDE`. Eight zeros follow, so that
 * reads may overrun.
 */
export interface TextBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Whether no byte is `WIDE`. */
  readonly isAscii: boolean;
}

/** Stands for any character that is not ASCII. */
export const WIDE = 0xff;

export function textBytes(text: string): TextBytes {
  const bytes = new Uint8Array(text.length + 8);
  const isAscii = writeBytes(text, bytes);
  return { bytes, view: new DataView(bytes.buffer), isAscii };
}

/**
 * Writes the bytes of the text to the start of the array, followed by zeros.
 * @param bytes at least eight more than the text has characters
 * @returns whether no byte is `WIDE`
 */
export function writeBytes(text: string, bytes: Uint8Array): boolean {
  let isAscii = false;
  let at = 0;
  if (isLatin(text)) {
    const { read, written } = utf8Encoder.encodeInto(text, bytes);
    isAscii = read === text.length && written === text.length;
    if (isAscii) at = text.length;
  }
  NOT_ASCII.lastIndex = 0;
  for (let runs = 0; runs < MOST_RUNS && at < text.length; runs++) {
    const match = NOT_ASCII.exec(text);
    const start = match === null ? text.length : match.index;
    utf8Encoder.encodeInto(text.slice(at, start), bytes.subarray(at, start));
    at = match === null ? start : NOT_ASCII.lastIndex;
    bytes.fill(WIDE, start, at);
  }
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    bytes[at] = code < 0x80 ? code : WIDE;
  }
  bytes.fill(0, text.length);
  return isAscii;
}

/**
 * Checks whether the text is stored with one byte for each character: V8 knows that at once. Converting others is
 * expensive.
 */
export function isLatin(text: string): boolean {
  return !/[^\0-\xff]/.test(text);
}

const NOT_ASCII = /[^\0-\x7f]+/g;

/** A text with more runs of other characters is read character by character. */
const MOST_RUNS = 2000;

/** Returns where a run of spaces ends. */
export function spacesEnd({ bytes, view }: TextBytes, from: number): number {
  let at = from;
  while (view.getUint32(at) === FOUR_SPACES) at += 4;
  while (bytes[at] === 32) at++;
  return at;
}

const FOUR_SPACES = 0x20202020;

/** Returns a lookup table of the bytes of these characters. */
export function byteClass(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let at = 0; at < characters.length; at++) table[characters.charCodeAt(at)] = 1;
  return table;
}

/**
 * Returns where a run of bytes of a class ends; reads four at a time, because runs are long. The class must not contain
 * the byte 0.
 */
export function classEnd(bytes: Uint8Array, table: Uint8Array, from: number): number {
  let at = from;
  while (
    (table[bytes[at]!]! & table[bytes[at + 1]!]! & table[bytes[at + 2]!]! & table[bytes[at + 3]!]!) ===
    1
  ) {
    at += 4;
  }
  while (table[bytes[at]!] === 1) at++;
  return at;
}

/**
 * Checks whether that many bytes are equal at both offsets. Equal `WIDE` bytes may still stand for different
 * characters.
 */
export function isSame({ bytes, view }: TextBytes, one: number, other: number, length: number): boolean {
  let at = 0;
  for (; at + 4 <= length; at += 4) if (view.getInt32(one + at) !== view.getInt32(other + at)) return false;
  for (; at < length; at++) if (bytes[one + at] !== bytes[other + at]) return false;
  return true;
}
