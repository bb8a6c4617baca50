import { foldLookAlike, lower, M, mixWord, N, R, separates, V, W } from './name-hashes.ts';
import { concat, extend, LONGEST } from './rolling-hash.ts';

/** Hashes of all forms of all names, by rank; 0 where a name has no such form. */
export interface NameHashes {
  /** Unscoped names: `squashedHash`, `skeletonHash`, `wordSetHash`. */
  readonly squashed: Int32Array;
  readonly skeletons: Int32Array;
  readonly wordSets: Int32Array;
  /** Scoped names: `hashOf` of the part after the scope, in lower case, and `squashedHash` of the whole name. */
  readonly scopedBases: Int32Array;
  readonly scopedSquashed: Int32Array;
  /** Unscoped names that are long enough for two edits: one bit for each letter, and the hashes of their thirds. */
  readonly letters: Int32Array;
  readonly thirds: Int32Array;
}

/** Shorter names lie two edits apart by chance. */
export const SHORTEST_FOR_TWO_EDITS = 10;

/**
 * Files twenty thousand names under all their hashes in one pass over their characters: it runs once, in a process that
 * just started, where one loop is compiled long before six are. `learn` gets the hash of each word.
 */
export function hashNames(names: readonly string[], learn: (wordHash: number) => void): NameHashes {
  const hashes = emptyHashes(names.length);
  const prefixes = new Int32Array(LONGEST + 1);
  for (let rank = 0; rank < names.length; rank++) {
    const name = names[rank]!;
    const isScoped = name.charCodeAt(0) === AT;
    let inScope = isScoped;
    let squashed = 0;
    let length = 0;
    let letters = 0;
    let skeleton = 0;
    /** 'v' or 'r' that waits for the next letter, as in `skeletonHash`. */
    let waiting = 0;
    let base = 0;
    let wordSet = 0;
    let words = 0;
    let word = 0;
    /** As `word`, of letters and digits only. */
    let learned = 0;
    for (let i = 0; i <= name.length; i++) {
      const code = i < name.length ? lower(name.charCodeAt(i)) : SLASH;
      if (isWordCharacter(code)) {
        learned = extend(learned, code);
      } else if (learned !== 0) {
        learn(learned);
        learned = 0;
      }
      if (separates(code)) {
        if (word !== 0) {
          wordSet = (wordSet + mixWord(word)) | 0;
          words++;
          word = 0;
        }
        if (i === name.length) break;
        if (inScope && code === SLASH) {
          base = 0;
          inScope = false;
        } else {
          base = extend(base, code);
        }
        continue;
      }
      base = extend(base, code);
      word = extend(word, code);
      squashed = extend(squashed, code);
      if (++length <= LONGEST) prefixes[length] = squashed;
      letters |= letterBit(code);
      if (waiting === V && code === V) {
        skeleton = extend(skeleton, W);
        waiting = 0;
      } else if (waiting === R && code === N) {
        skeleton = extend(skeleton, M);
        waiting = 0;
      } else {
        if (waiting !== 0) skeleton = extend(skeleton, waiting);
        waiting = code === V || code === R ? code : 0;
        if (waiting === 0) skeleton = extend(skeleton, foldLookAlike(code));
      }
    }
    if (isScoped) {
      hashes.scopedBases[rank] = base;
      hashes.scopedSquashed[rank] = squashed;
      continue;
    }
    hashes.squashed[rank] = squashed;
    hashes.skeletons[rank] = waiting === 0 ? skeleton : extend(skeleton, waiting);
    hashes.wordSets[rank] = words < 2 ? 0 : wordSet;
    if (length < SHORTEST_FOR_TWO_EDITS || length > LONGEST) continue;
    hashes.letters[rank] = letters;
    for (let part = 0; part < 3; part++) {
      hashes.thirds[rank * 3 + part] = thirdHash(prefixes, 0, part, length);
    }
  }
  return hashes;
}

/** Where a third begins. */
export function border(length: number, part: number): number {
  return Math.floor((length * part) / 3);
}

/**
 * The hash of a third of a name of that length, taken from the hashes of the prefixes of a name in which it may stand
 * `shift` characters further on.
 */
export function thirdHash(prefixes: Int32Array, shift: number, part: number, length: number): number {
  const start = border(length, part) + shift;
  const end = border(length, part + 1) + shift;
  const text = (prefixes[end]! - concat(prefixes[start]!, 0, end - start)) | 0;
  return extend(extend(text, part), length);
}

/** One bit for a letter, and one for all else. */
export function letterBit(code: number): number {
  return 1 << (code >= 0x61 && code <= 0x7a ? code - 0x61 : 26);
}

const AT = 0x40;
const SLASH = 0x2f;

/** Letters and digits in lower case. */
function isWordCharacter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

function emptyHashes(size: number): NameHashes {
  return {
    squashed: new Int32Array(size),
    skeletons: new Int32Array(size),
    wordSets: new Int32Array(size),
    scopedBases: new Int32Array(size),
    scopedSquashed: new Int32Array(size),
    letters: new Int32Array(size),
    thirds: new Int32Array(size * 3),
  };
}
