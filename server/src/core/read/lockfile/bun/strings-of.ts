import { childrenOf, decodeString, isString, type JsonTape, type Token } from '../../text/json/json-tape.ts';

/** Returns a list of strings, which may also be written as a single string. */
export function stringsOf(tape: JsonTape, value: Token): readonly string[] {
  const tokens = isString(tape, value) ? [value] : [...childrenOf(tape, value)];
  return tokens.filter((token) => isString(tape, token)).map((token) => decodeString(tape, token));
}
