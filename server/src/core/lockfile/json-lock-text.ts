import { scanJson } from '../text/json-scan.ts';
import {
  decodeString,
  isString,
  type JsonScanOptions,
  type JsonTape,
  NONE,
  type Token,
  tokenSpan,
} from '../text/json-tape.ts';
import type { Located } from '../text/span.ts';

/** A text whose brackets do not match is read once more, by its indentation, to lose as little as possible. */
export function scanTolerantly(text: string, options: JsonScanOptions = {}): JsonTape {
  const tape = scanJson(text, options);
  const isBroken = tape.problems.some(({ kind }) => kind === 'syntax' || kind === 'conflict');
  return isBroken ? scanJson(text, { ...options, trustIndentation: true }) : tape;
}

/** Whether what the tape says of the text's structure is a guess. */
export function isGuess(tape: JsonTape): boolean {
  return tape.problems.some(({ kind }) => kind !== 'comment' && kind !== 'trailing-comma');
}

/** The text of a string, number or word, such as a version may be written as. Undefined for no token. */
export function locatedScalar(tape: JsonTape, token: Token): Located<string> | undefined {
  if (token === NONE) return undefined;
  const span = tokenSpan(tape, token);
  const value = isString(tape, token) ? decodeString(tape, token) : tape.text.slice(span.start, span.end);
  return { value, span };
}

/** The name of a key. Nearly none is escaped, and then it is what stands between its quotes. */
export function keyText(tape: JsonTape, key: Token): string {
  if (tape.escapedKeys.size > 0 && tape.escapedKeys.has(key)) return decodeString(tape, key);
  const { text, records } = tape;
  const start = records[key]!;
  const end = records[key + 1]!;
  const isClosed = end - start > 1 && text.charCodeAt(end - 1) === 34;
  return text.slice(start + 1, isClosed ? end - 1 : end);
}
