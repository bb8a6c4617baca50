/**
 * The WHATWG's encodings, which every runtime of JavaScript has; the types of the language alone do not. Nothing else of a
 * platform is known to core.
 */
declare const TextEncoder: new () => {
  encode(text: string): Uint8Array;
  encodeInto(text: string, bytes: Uint8Array): { readonly read: number; readonly written: number };
};
declare const TextDecoder: new (
  label: 'utf-8',
  options: { ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
declare const atob: (base64: string) => string;
declare const btoa: (bytes: string) => string;

export const utf8Encoder = new TextEncoder();

/** A text is what was written, with the mark of the byte order that it may begin with. */
export const utf8Decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Decodes base64, in the ordinary or the URL alphabet, to a text with a character for each byte. It ends at the padding, and
 * other characters are passed over, as Node.js does it.
 */
export function decodeBase64(text: string): string {
  const written = /^[^=]*/.exec(text)![0];
  const digits = /^[A-Za-z\d+/]*$/.test(written)
    ? written
    : written
        .replaceAll('-', '+')
        .replaceAll('_', '/')
        .replace(/[^A-Za-z\d+/]/g, '');
  // A single digit at the end has less than a byte in it.
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}

/** Encodes a text with a character for each byte in base64, with padding. */
export function encodeBase64(bytes: string): string {
  return btoa(bytes);
}

/** Returns a text with a character for each byte of the text in UTF-8; a lone surrogate becomes U+FFFD. */
export function utf8Characters(text: string): string {
  return Array.from(utf8Encoder.encode(text), (byte) => String.fromCharCode(byte)).join('');
}
