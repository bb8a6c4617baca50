import { byteClass, classEnd } from '../../text/text-bytes.ts';
import { SINGLE } from './yaml-lexis.ts';

/** Behind a string in single quotes that is not empty and has nothing special in it, -1 for any other. */
export function plainQuoteEnd(bytes: Uint8Array, at: number): number {
  const end = classEnd(bytes, IN_QUOTES, at + 1);
  return bytes[end] === SINGLE && end > at + 1 ? end + 1 : -1;
}

const IN_QUOTES = byteClass(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./@+()~^= :;,<>|*#!&?%$[]{}"\\',
);
