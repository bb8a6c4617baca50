import { type JsonTape, type Token, tokenSpan } from '../../text/json/json-tape.ts';
import { keyText } from '../model/json-lock-text.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';

/** Returns the problem of a value to which npm gives another type. */
export function wrongType(tape: JsonTape, value: Token): LockProblem {
  return { message: 'this value has the wrong type', span: tokenSpan(tape, value) };
}

/** Returns the problem of a duplicate key in an object. */
export function standsTwice(tape: JsonTape, key: Token): LockProblem {
  const message = `"${shownText(keyText(tape, key))}" appears twice, and npm takes the last`;
  return { kind: 'duplicate', message, span: tokenSpan(tape, key) };
}
