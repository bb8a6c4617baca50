/** Matches npm's tokens: 30 random characters, then 6 with the checksum of these. */
export const NPM_TOKEN_PATTERN = 'npm_[A-Za-z\\d]{36}(?![A-Za-z\\d])';

const WHOLE = new RegExp(`^${NPM_TOKEN_PATTERN}$`);
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_LENGTH = 6;

/** Checks for a text with the shape of npm's tokens, whatever its checksum. */
export function hasTokenShape(text: string): boolean {
  return WHOLE.test(text);
}

/** Checks for an npm token with a valid checksum: no text has one by chance, and no placeholder either. */
export function isNpmToken(text: string): boolean {
  if (!hasTokenShape(text)) return false;
  const random = text.slice('npm_'.length, -CHECKSUM_LENGTH);
  return text.endsWith(tokenChecksum(random));
}

/** Returns the checksum at the end of a token: the CRC-32 of its random part in base 62. */
function tokenChecksum(random: string): string {
  let left = crc32(random);
  let digits = '';
  for (let at = 0; at < CHECKSUM_LENGTH; at++) {
    digits = DIGITS[left % DIGITS.length]! + digits;
    left = Math.floor(left / DIGITS.length);
  }
  return digits;
}

/** Returns the CRC-32 of ASCII text, as in gzip. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at) & 0xff;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
