/**
 * A polynomial hash modulo 2^32. Its value for a string with one character changed, added, omitted or swapped follows
 * from the values of the prefixes in a few multiplications, so that the hundreds of neighbors of a name can be looked
 * up without creating any of them as a string.
 */

export const BASE = 0x01000193;

/** Longer names are not compared: the registry allows 214 characters. */
export const LONGEST = 214;

/** POWERS[k] is BASE to the power of k. */
export const POWERS: Int32Array = powers();

function powers(): Int32Array {
  const values = new Int32Array(LONGEST + 2);
  values[0] = 1;
  for (let i = 1; i < values.length; i++) values[i] = Math.imul(values[i - 1]!, BASE);
  return values;
}

/** Returns BASE to the power of any k from 0. */
export function powerOf(k: number): number {
  const most = POWERS.length - 1;
  return k <= most ? POWERS[k]! : Math.imul(POWERS[most]!, powerOf(k - most));
}

/** Returns the hash of a prefix after one more character. */
export function extend(hash: number, code: number): number {
  return (Math.imul(hash, BASE) + code) | 0;
}

/** Returns the hash of a whole string. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Returns the hash of a prefix (`hash`) followed by a string of the given hash and length. */
export function concat(hash: number, tailHash: number, tailLength: number): number {
  return (Math.imul(hash, POWERS[tailLength]!) + tailHash) | 0;
}
