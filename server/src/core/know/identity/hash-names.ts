import { createHashBuckets, type HashBuckets } from './hash-buckets.ts';
import { lower, separates } from './name-shape.ts';
import { BASE, powerOf } from './rolling-hash.ts';
import { createWordCounter, type WordKnowledge } from './word-knowledge.ts';

/** What one pass over the characters of all names computes; arrays are by rank. */
export interface HashedNames {
  /** From `hashOf` of a name without its separators, in lower case, including the scope, to ranks. */
  readonly bySquashed: HashBuckets;
  /** The same hash of the scope alone; 0 for a name without one. */
  readonly scopes: Int32Array;
  /** `hashOf` of the part after the scope, without separators; 0 for a name without one. */
  readonly bases: Int32Array;
  /** `hashOf` of the first word of the part after the scope if a dash and another word follow, otherwise 0. */
  readonly firstWords: Int32Array;
  readonly words: WordKnowledge;
}

const [DASH, SLASH, AT] = [0x2d, 0x2f, 0x40];

/**
 * Hashes twenty thousand names in a process that just started: hence a single loop that does little for each character,
 * because it runs long before calls are inlined. The hash of a part follows from those of the prefixes at its ends.
 */
export function hashNames(names: readonly string[]): HashedNames {
  const squashed = new Int32Array(names.length);
  const scopes = new Int32Array(names.length);
  const bases = new Int32Array(names.length);
  const firstWords = new Int32Array(names.length);
  const words = createWordCounter(names.length);
  const letters = lettersOfWords();

  const hashName = (name: string, rank: number): void => {
    let whole = 0;
    /** The letters so far are all characters but these. */
    let separators = 0;
    let wordStart = 0;
    let beforeWord = 0;
    let scope = 0;
    let lettersOfScope = 0;
    let firstWord = 0;
    let wordsOfBase = 0;
    const { length } = name;
    for (let i = 0; i < length; i++) {
      const code = name.charCodeAt(i);
      const letter = letters[code] ?? code;
      if (letter !== 0) {
        whole = (Math.imul(whole, BASE) + letter) | 0;
        continue;
      }
      separators++;
      if (i > wordStart) {
        const word = (whole - Math.imul(beforeWord, powerOf(i - wordStart))) | 0;
        words.add(word);
        if (wordsOfBase++ === 0 && code === DASH) firstWord = word;
      }
      beforeWord = whole;
      wordStart = i + 1;
      if (scope === 0 && code === SLASH && name.charCodeAt(0) === AT) {
        scope = whole;
        lettersOfScope = wordStart - separators;
        wordsOfBase = 0;
        firstWord = 0;
      }
    }
    if (length > wordStart) words.add((whole - Math.imul(beforeWord, powerOf(length - wordStart))) | 0);
    squashed[rank] = whole;
    if (scope !== 0) {
      scopes[rank] = scope;
      bases[rank] = (whole - Math.imul(scope, powerOf(length - separators - lettersOfScope))) | 0;
    }
    firstWords[rank] = firstWord;
  };

  for (let rank = 0; rank < names.length; rank++) hashName(names[rank]!, rank);
  const bySquashed = createHashBuckets(names.length);
  for (let rank = 0; rank < names.length; rank++) bySquashed.add(squashed[rank]!, rank);
  return { bySquashed, scopes, bases, firstWords, words };
}

/** Returns by ASCII character the letter of a word, in lower case; 0 for separators of words. */
function lettersOfWords(): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (separates(code) ? 0 : lower(code)));
}
