import { controlCharactersIn } from '../../text/json/control-characters.ts';
import { scanJson } from '../../text/json/json-scan.ts';
import {
  childrenOf,
  decodeString,
  isString,
  type JsonScanOptions,
  type JsonTape,
  NONE,
  type Token,
  tokenSpan,
} from '../../text/json/json-tape.ts';
import type { Located } from '../../text/span.ts';
import type { LockProblem } from './lockfile.ts';
import { shownText } from './shown-text.ts';

/** Scans a text; if its brackets do not match, scans it once more by indentation, to lose as little as possible. */
export function scanTolerantly(text: string, options: JsonScanOptions = {}): JsonTape {
  const tape = scanJson(text, options);
  const isBroken = tape.problems.some(({ kind }) => kind === 'syntax' || kind === 'conflict');
  return isBroken ? scanJson(text, { ...options, trustIndentation: true }) : tape;
}

/** Checks whether the structure on the tape is a guess. */
export function isGuess(tape: JsonTape): boolean {
  return tape.problems.some(({ kind }) => kind !== 'comment' && kind !== 'trailing-comma');
}

/** Returns duplicate members of an object; JSON readers disagree on which of them counts. */
export function repeatedMembers(tape: JsonTape, object: Token): readonly LockProblem[] {
  const names = new Set<string>();
  const problems: LockProblem[] = [];
  for (const key of childrenOf(tape, object)) {
    const before = names.size;
    const name = keyText(tape, key);
    if (names.add(name).size > before) continue;
    problems.push({
      kind: 'duplicate',
      message: `"${shownText(name)}" appears twice`,
      span: tokenSpan(tape, key),
    });
  }
  return problems;
}

/** Returns characters in strings that make every package manager reject the file. */
export function controlProblems(tape: JsonTape): readonly LockProblem[] {
  const message = 'a string has a control character in it';
  return controlCharactersIn(tape, MOST_CONTROLS).map((span) => ({ kind: 'syntax', message, span }));
}

const MOST_CONTROLS = 20;

/** Returns the text of a string, number or word, such as a version may be written as. Undefined for no token. */
export function locatedScalar(tape: JsonTape, token: Token): Located<string> | undefined {
  if (token === NONE) return undefined;
  const span = tokenSpan(tape, token);
  const value = isString(tape, token) ? decodeString(tape, token) : tape.text.slice(span.start, span.end);
  return { value, span };
}

/** Returns the name of a key. Nearly none is escaped, and then it is the text between its quotes. */
export function keyText(tape: JsonTape, key: Token): string {
  if (tape.escapedKeys.size > 0 && tape.escapedKeys.has(key)) return decodeString(tape, key);
  const { text, records } = tape;
  const start = records[key]!;
  const end = records[key + 1]!;
  const isClosed = end - start > 1 && text.charCodeAt(end - 1) === 34;
  return text.slice(start + 1, isClosed ? end - 1 : end);
}
