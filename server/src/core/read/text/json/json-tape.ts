import type { ParseProblem } from '../problem.ts';
import type { Located, Span } from '../span.ts';

/** What a text has that JSON does not allow. Where it is `syntax` or `depth`, the structure is a guess from there on. */
export type JsonProblemKind = 'syntax' | 'depth' | 'comment' | 'trailing-comma' | 'conflict';

export interface JsonProblem extends ParseProblem {
  readonly kind: JsonProblemKind;
}

export interface JsonScanOptions {
  /** Comments and trailing commas are no problem. */
  readonly lenient?: boolean;
  /**
   * For texts known to be broken: a property that is indented no deeper than the object it stands in ends that object,
   * and a bracket that is indented deeper than its object is skipped. So one missing bracket spoils one object.
   */
  readonly trustIndentation?: boolean;
}

/**
 * The place of a token's record in `JsonTape.records`. A key is followed by its value; children of an object are keys,
 * those of an array are values. What kind of token it is, its first character says.
 */
export type Token = number;

/** Numbers in a record: where the token starts, where it ends, and the token behind it and all that it holds. */
export const RECORD = 3;

/** No token: a value that is missing. */
export const NONE: Token = -1;

/**
 * A JSON text as a flat list of tokens, nothing decoded: a twentieth of the memory of a tree, and as much of its time.
 * `scanJson` makes it.
 */
export interface JsonTape {
  readonly text: string;
  /** Whether each of its characters fits into one byte. */
  readonly isLatin: boolean;
  readonly records: Int32Array;
  /** Behind the last record. The root is token 0, if there is any. */
  readonly end: Token;
  /** In the order of the text; not all are kept where there are very many. */
  readonly problems: readonly JsonProblem[];
  /** Keys with a backslash: their text is not their name. Nearly always empty. */
  readonly escapedKeys: ReadonlySet<Token>;
  /** Objects and arrays without their closing bracket. */
  readonly unclosed: ReadonlySet<Token>;
}

/** Where the token stands: brackets or quotes included. */
export function tokenSpan(tape: JsonTape, token: Token): Span {
  return { start: tape.records[token]!, end: tape.records[token + 1]! };
}

export function isObject(tape: JsonTape, token: Token): boolean {
  return startsWith(tape, token, 123);
}

export function isArray(tape: JsonTape, token: Token): boolean {
  return startsWith(tape, token, 91);
}

export function isString(tape: JsonTape, token: Token): boolean {
  return startsWith(tape, token, 34);
}

/** Whether the token is the literal `true`. */
export function isTrue(tape: JsonTape, token: Token): boolean {
  return startsWith(tape, token, 116) && tape.records[token + 1]! - tape.records[token]! === 4;
}

/** The token behind this one and all that it holds: the next key of an object, the next value of an array. */
export function nextSibling(tape: JsonTape, token: Token): Token {
  return tape.records[token + 2]!;
}

/** The value of a key, `NONE` where the text has none. */
export function valueToken(tape: JsonTape, key: Token): Token {
  return tape.records[key + 2]! > key + RECORD ? key + RECORD : NONE;
}

/** The children of an object (its keys) or of an array (its values); nothing for any other token. */
export function* childrenOf(tape: JsonTape, container: Token): Generator<Token, void> {
  if (!isObject(tape, container) && !isArray(tape, container)) return;
  const end = tape.records[container + 2]!;
  for (let child = container + RECORD; child < end; child = tape.records[child + 2]!) yield child;
}

/** The value of an object's member; of duplicates the last, as `JSON.parse` has it. `NONE` where there is none. */
export function memberOf(tape: JsonTape, object: Token, name: string): Token {
  let found = NONE;
  if (!isObject(tape, object)) return found;
  const end = tape.records[object + 2]!;
  for (let key = object + RECORD; key < end; key = tape.records[key + 2]!) {
    if (keyIs(tape, key, name)) found = valueToken(tape, key);
  }
  return found;
}

/** Whether the key's name is `name`, however it is escaped. */
export function keyIs(tape: JsonTape, key: Token, name: string): boolean {
  const start = tape.records[key]!;
  if (tape.escapedKeys.size > 0 && tape.escapedKeys.has(key)) return decodeString(tape, key) === name;
  return tape.records[key + 1]! - start === name.length + 2 && tape.text.startsWith(name, start + 1);
}

/** The text of a string token, decoded; the raw text where an escape is wrong or the quote at the end is missing. */
export function decodeString(tape: JsonTape, token: Token): string {
  const { text, records } = tape;
  const start = records[token]!;
  const end = records[token + 1]!;
  const isClosed = end - start > 1 && text.charCodeAt(end - 1) === 34;
  const raw = text.slice(Math.min(start + 1, end), isClosed ? end - 1 : end);
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

/** A string token's value with its place; undefined for any other token and for none. */
export function locatedString(tape: JsonTape, token: Token): Located<string> | undefined {
  return isString(tape, token)
    ? { value: decodeString(tape, token), span: tokenSpan(tape, token) }
    : undefined;
}

function startsWith(tape: JsonTape, token: Token, code: number): boolean {
  return token >= 0 && token < tape.end && tape.text.charCodeAt(tape.records[token]!) === code;
}
