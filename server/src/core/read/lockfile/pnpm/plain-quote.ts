import { byteClass, classEnd } from '../../text/text-bytes.ts';
import { SINGLE } from './yaml-lexis.ts';

/** Returns the offset after a non-empty single-quoted string without special characters; -1 for any other. */
export function plainQuoteEnd(bytes: Uint8Array, at: number): number {
  const end = classEnd(bytes, IN_QUOTES, at + 1);
  return bytes[end] === SINGLE && end > at + 1 ? end + 1 : -1;
}

const IN_QUOTES = byteClass(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./@+()~^= :;,<>|*#!&?%$[]{}"\\',
);
