import {
  childrenOf,
  decodeString,
  isArray,
  isObject,
  isString,
  isTrue,
  type JsonTape,
  memberOf,
  NONE,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json/json-tape.ts';
import type { Located } from '../../text/span.ts';

/** Reads `bin`: an object of commands, or a single target for the package's own name. */
export function binIn(tape: JsonTape, object: Token, name: string): ReadonlyMap<string, string> {
  const value = memberOf(tape, object, 'bin');
  if (isString(tape, value)) return new Map([[name.slice(name.indexOf('/') + 1), decodeString(tape, value)]]);
  return membersIn(tape, value);
}

/**
 * Reads an object of strings, such as `engines`, which npm's oldest packages write as a list. Other types give their
 * text.
 */
export function membersIn(tape: JsonTape, value: Token): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  if (isArray(tape, value)) {
    for (const item of childrenOf(tape, value)) members.set(valueText(tape, item), '');
  } else if (isObject(tape, value)) {
    for (const key of childrenOf(tape, value)) {
      members.set(decodeString(tape, key), valueText(tape, valueToken(tape, key)));
    }
  }
  return members;
}

/** Returns a string's value, or any other value as JSON without spaces. */
export function valueText(tape: JsonTape, value: Token): string {
  if (value === NONE) return '';
  if (isString(tape, value)) return decodeString(tape, value);
  const { start, end } = tokenSpan(tape, value);
  const text = tape.text.slice(start, end);
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Returns a value of any type as text with its span; undefined for none. */
export function locatedText(tape: JsonTape, value: Token): Located<string> | undefined {
  return value === NONE ? undefined : { value: valueText(tape, value), span: tokenSpan(tape, value) };
}

/** Reads a list of names; `true` means all. */
export function namesIn(tape: JsonTape, value: Token): readonly string[] {
  if (isTrue(tape, value)) return ['*'];
  return [...childrenOf(tape, value)].map((item) => valueText(tape, item));
}

/** Reads the members of an object that are not among the known ones, each as name and value. */
export function othersIn(tape: JsonTape, object: Token, known: ReadonlySet<string>): readonly string[] {
  const others: string[] = [];
  for (const key of childrenOf(tape, object)) {
    const name = decodeString(tape, key);
    if (!known.has(name)) others.push(`${name} ${valueText(tape, valueToken(tape, key))}`.trimEnd());
  }
  return others;
}
