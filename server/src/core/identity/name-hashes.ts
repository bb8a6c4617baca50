import { extend } from './rolling-hash.ts';

/**
 * Hashes of the forms under which popular names are filed, taken straight from the characters of a name: none of the
 * forms is made as a string. Each function agrees with `hashOf` of the form that its comment names. `hashNames` does
 * the same for many names at once.
 */

const AT = 0x40;
const SLASH = 0x2f;

/** `squash` of a name from `start` on; '@' and '/' are skipped too, so that scope and base flow together. */
export function squashedHash(name: string, start = 0): number {
  let hash = 0;
  for (let i = start; i < name.length; i++) {
    const code = lower(name.charCodeAt(i));
    if (!separates(code)) hash = extend(hash, code);
  }
  return hash;
}

/** `visualSkeleton` of the squashed name, for a name in ASCII. */
export function skeletonHash(name: string): number {
  let hash = 0;
  /** 'v' or 'r' that waits for the next letter: 'vv' looks like 'w', 'rn' like 'm'. */
  let waiting = 0;
  for (let i = 0; i < name.length; i++) {
    const code = lower(name.charCodeAt(i));
    if (separates(code)) continue;
    if (waiting === V && code === V) {
      hash = extend(hash, W);
      waiting = 0;
      continue;
    }
    if (waiting === R && code === N) {
      hash = extend(hash, M);
      waiting = 0;
      continue;
    }
    if (waiting !== 0) hash = extend(hash, waiting);
    waiting = 0;
    if (code === V || code === R) waiting = code;
    else hash = extend(hash, foldLookAlike(code));
  }
  return waiting === 0 ? hash : extend(hash, waiting);
}

/**
 * A hash of the words of a name that does not depend on their order; 0 for fewer than two words. It is the sum
 * of the mixed hashes of the words and not that of a string.
 */
export function wordSetHash(base: string): number {
  let sum = 0;
  let words = 0;
  let hash = 0;
  for (let i = 0; i <= base.length; i++) {
    const code = i < base.length ? lower(base.charCodeAt(i)) : SLASH;
    if (!separates(code)) {
      hash = extend(hash, code);
    } else if (hash !== 0) {
      sum = (sum + mixWord(hash)) | 0;
      words++;
      hash = 0;
    }
  }
  return words < 2 ? 0 : sum;
}

export const [M, N, R, V, W] = [0x6d, 0x6e, 0x72, 0x76, 0x77];

/** So that words of which one is changed do not add up to the same. */
export function mixWord(hash: number): number {
  return Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
}

/** The character that all of its look-alikes are taken for. */
export function foldLookAlike(code: number): number {
  switch (code) {
    case 0x30: // 0 like o
      return 0x6f;
    case 0x31: // 1 and i like l
    case 0x69:
      return 0x6c;
    case 0x35: // 5 like s
      return 0x73;
    case 0x71: // q like g
      return 0x67;
    default:
      return code;
  }
}

/** In lower case, of ASCII. */
export function lower(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

/** Whether it stands between words: delimiters, and those of a scope. */
export function separates(code: number): boolean {
  return code === 0x2d || code === 0x2e || code === 0x5f || code === AT || code === SLASH;
}
