import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Returns a new text with the form and checksum of an npm token, made when it is needed: no file of this project has one. */
export function newNpmToken(): string {
  const random = randomText(30);
  return `npm_${random}${base62(crc32(random), 6)}`;
}

/** Returns a random text of letters and digits, which no pattern recognizes as a secret. */
export function randomText(length: number): string {
  return Array.from({ length }, () => DIGITS[randomInt(DIGITS.length)]).join('');
}

function base62(value: number, length: number): string {
  const digit = DIGITS[value % DIGITS.length]!;
  return length === 0 ? '' : base62(Math.floor(value / DIGITS.length), length - 1) + digit;
}
