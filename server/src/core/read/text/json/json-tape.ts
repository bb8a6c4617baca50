import type { ParseProblem } from '../problem.ts';
import type { Located, Span } from '../span.ts';

/** A violation of JSON in a text. From a `syntax` or `depth` problem on, the structure is a guess. */
export type JsonProblemKind = 'syntax' | 'depth' | 'comment' | 'trailing-comma' | 'conflict';

export interface JsonProblem extends ParseProblem {
  readonly kind: JsonProblemKind;
}

export interface JsonScanOptions {
  /** Comments and trailing commas are not problems. */
  readonly lenient?: boolean;
  /**
   * For texts known to be broken: a property indented no deeper than its object ends that object, and a bracket
   * indented deeper than its object is skipped. This way a missing bracket damages only one object.
   */
  readonly trustIndentation?: boolean;
}

/**
 * The index of a token's record in `JsonTape.records`. A key is followed by its value; children of an object are keys,
 * those of an array are values. The first character of a token identifies its kind.
 */
export type Token = number;

/** The size of a record: where the token starts, where it ends, and the next token after it and its content. */
export const RECORD = 3;

/** No token: a missing value. */
export const NONE: Token = -1;

/**
 * A JSON text as a flat list of tokens, nothing decoded: it takes a twentieth of the memory of a tree, and of its time.
 * Created by `scanJson`.
 */
export interface JsonTape {
  readonly text: string;
  /** Whether each of its characters fits into one byte. */
  readonly isLatin: boolean;
  readonly records: Int32Array;
  /** The index after the last record. The root is token 0, if there is any. */
  readonly end: Token;
  /** In source order; if there are very many, not all are kept. */
  readonly problems: readonly JsonProblem[];
  /** Keys with a backslash: their text is not their name. Nearly always empty. */
  readonly escapedKeys: ReadonlySet<Token>;
  /** Objects and arrays without their closing bracket. */
  readonly unclosed: ReadonlySet<Token>;
}

/** Returns the span of the token, including brackets or quotes. */
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

/** Checks whether the token is the literal `true`. */
export function isTrue(tape: JsonTape, token: Token): boolean {
  return startsWith(tape, token, 116) && tape.records[token + 1]! - tape.records[token]! === 4;
}

/** Returns the next token after this one and its content: the next key of an object, the next value of an array. */
export function nextSibling(tape: JsonTape, token: Token): Token {
  return tape.records[token + 2]!;
}

/** Returns the value of a key; `NONE` if the text has none. */
export function valueToken(tape: JsonTape, key: Token): Token {
  return tape.records[key + 2]! > key + RECORD ? key + RECORD : NONE;
}

/** Yields the children of an object (its keys) or of an array (its values); nothing for any other token. */
export function* childrenOf(tape: JsonTape, container: Token): Generator<Token, void> {
  if (!isObject(tape, container) && !isArray(tape, container)) return;
  const end = tape.records[container + 2]!;
  for (let child = container + RECORD; child < end; child = tape.records[child + 2]!) yield child;
}

/** Returns the value of an object's member; of duplicates the last, like `JSON.parse`. `NONE` if there is none. */
export function memberOf(tape: JsonTape, object: Token, name: string): Token {
  let found = NONE;
  if (!isObject(tape, object)) return found;
  const end = tape.records[object + 2]!;
  for (let key = object + RECORD; key < end; key = tape.records[key + 2]!) {
    if (keyIs(tape, key, name)) found = valueToken(tape, key);
  }
  return found;
}

/** Checks whether the key's name is `name`, however it is escaped. */
export function keyIs(tape: JsonTape, key: Token, name: string): boolean {
  const start = tape.records[key]!;
  if (tape.escapedKeys.size > 0 && tape.escapedKeys.has(key)) return decodeString(tape, key) === name;
  return tape.records[key + 1]! - start === name.length + 2 && tape.text.startsWith(name, start + 1);
}

/** Returns the decoded text of a string token; the raw text if an escape is invalid or the closing quote is missing. */
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

/** Returns a string token's value with its span; undefined for any other token and for none. */
export function locatedString(tape: JsonTape, token: Token): Located<string> | undefined {
  return isString(tape, token)
    ? { value: decodeString(tape, token), span: tokenSpan(tape, token) }
    : undefined;
}

function startsWith(tape: JsonTape, token: Token, code: number): boolean {
  return token >= 0 && token < tape.end && tape.text.charCodeAt(tape.records[token]!) === code;
}
