import { crc32 } from 'node:zlib';
import { randomFrom } from './fuzz/random.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Returns a new text with the form and checksum of an npm token, made when it is needed: no file of this project has one. */
export function newNpmToken(): string {
  const random = randomText(30);
  return `npm_${random}${base62(crc32(random), 6)}`;
}

/** The same in each run: one text in a hundred has no digit, and is then taken for a word. */
const random = randomFrom(20);

/** Returns another text of letters and digits each time, which no pattern recognizes as a secret. */
export function randomText(length: number): string {
  const text = Array.from({ length }, () => DIGITS[random.below(DIGITS.length)]).join('');
  return /\d/.test(text) ? text : `${text.slice(1)}7`;
}

function base62(value: number, length: number): string {
  const digit = DIGITS[value % DIGITS.length]!;
  return length === 0 ? '' : base62(Math.floor(value / DIGITS.length), length - 1) + digit;
}
