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

/** Members of an object that stand there once more; of which one counts, readers of JSON do not agree. */
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

/** Characters in strings for which no package manager reads the file. */
export function controlProblems(tape: JsonTape): readonly LockProblem[] {
  const message = 'a string has a control character in it';
  return controlCharactersIn(tape, MOST_CONTROLS).map((span) => ({ kind: 'syntax', message, span }));
}

const MOST_CONTROLS = 20;

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
