import type { LineProblem } from '../lines/line-tape.ts';
import type { Span } from '../span.ts';
import { isLatin } from '../text-bytes.ts';
import type { TextChange } from '../text-change.ts';
import { isString, type JsonTape, RECORD, type Token } from './json-tape.ts';

/**
 * Finds the characters that JSON does not allow in its strings, one span for each run: the scanner accepts them,
 * because it looks only for the ends of strings. Linear in the text.
 */
export function controlCharactersIn(tape: JsonTape, most: number): readonly Span[] {
  if (plain.has(tape)) return [];
  const { text } = tape;
  const found = firstControl(text, tape.isLatin) === -1 ? [] : matchesOf(CONTROLS, text, most, () => true);
  // These may also appear between tokens, where nearly all of them are, at the start or the end of lines.
  if (text.includes('\t') || text.includes('\r')) {
    found.push(...matchesOf(BEHIND_SOMETHING, text, most - found.length, (at) => isInString(tape, at)));
  } else if (found.length === 0) {
    plain.add(tape);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Tapes whose text has no character below the space except line breaks. */
const plain = new WeakSet<JsonTape>();

/**
 * Carries that property over to the tape of an edited text if it still holds: then the whole text need not be searched
 * again.
 */
export function carryPlainness(before: JsonTape, after: JsonTape, edit: TextChange): void {
  if (plain.has(before) && !ANY_CONTROL.test(after.text.slice(edit.start, edit.newEnd))) plain.add(after);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const ANY_CONTROL = /[\0-\x09\x0b-\x1f]/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f]/g;

/**
 * Returns the first character below the space that is neither a tab nor part of a line ending; -1 if there is none. V8
 * searches characters of one half row of its table many times faster than those of both, if the text has no two-byte
 * characters, which it knows at once.
 */
export function firstControl(text: string, fitsBytes = isLatin(text)): number {
  if (!fitsBytes) return text.search(CONTROLS);
  const first = text.search(FIRST_ROW);
  const second = text.search(SECOND_ROW);
  return first === -1 || (second !== -1 && second < first) ? second : first;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const FIRST_ROW = /[\0-\x08\x0b\x0c\x0e\x0f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const SECOND_ROW = /[\x10-\x1f]/;

/** A tab, or a CR not followed by LF, that is the first one after other text in its line. */
const BEHIND_SOMETHING = /(?:\t|\r(?!\n))(?<=[^ \t\r\n] *[\t\r])/g;

function matchesOf(pattern: RegExp, text: string, most: number, isWrong: (at: number) => boolean): Span[] {
  const found: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null && found.length < most; match = pattern.exec(text)) {
    if (isWrong(match.index)) found.push({ start: match.index, end: match.index + 1 });
  }
  return found;
}

function isInString(tape: JsonTape, at: number): boolean {
  const { records } = tape;
  let low = 0;
  let high = tape.end / RECORD;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle * RECORD]! <= at) low = middle + 1;
    else high = middle;
  }
  const token: Token = (low - 1) * RECORD;
  return low > 0 && isString(tape, token) && at < records[token + 1]!;
}

/**
 * Finds characters that lines of a text should not have: the first control character, at which readers of YAML stop,
 * and the first carriage return without a line feed, which some readers treat as a line ending, so that it could hide
 * what follows.
 */
export function oddCharacters(text: string): readonly LineProblem[] {
  const problems: LineProblem[] = [];
  const control = firstControl(text);
  if (control !== -1) problems.push(problemAt('a control character stands here', control));
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) === 10) continue;
    problems.push(problemAt('a carriage return stands alone', at));
    break;
  }
  return problems;
}

function problemAt(message: string, at: number): LineProblem {
  return { kind: 'syntax', message, span: { start: at, end: at + 1 } };
}
