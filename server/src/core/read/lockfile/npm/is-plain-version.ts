import { type JsonTape, NONE, type Token } from '../../text/json/json-tape.ts';

/** Checks whether a string is three plain numbers, as nearly all versions are, without extracting it. */
export function isPlainVersion({ text, records }: JsonTape, value: Token): boolean {
  if (value === NONE) return false;
  const end = records[value + 1]! - 1;
  let dots = 0;
  let digits = 0;
  for (let at = records[value]! + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT && digits > 0 && dots < 2) {
      dots++;
      digits = 0;
    } else if (code >= ZERO && code <= NINE && digits < 15) digits++;
    else return false;
  }
  return dots === 2 && digits > 0;
}

const DOT = 46;
const ZERO = 48;
const NINE = 57;
