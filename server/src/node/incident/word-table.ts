/** Finds words of a list in a text by their hashes, in one pass. A word is a run of bytes that names and versions have. */
export interface WordTable {
  /** The number of words in the list. */
  readonly size: number;
  /** Returns the number of a word of the list. */
  numberOf(word: string): number | undefined;
  /**
   * Passes on the number and the place of each word of the list that is in this part of the text, whose ends may be within
   * words.
   */
  find(bytes: Buffer, start: number, end: number, found: (number: number, at: number) => void): void;
}

/** Every format of lockfiles puts other bytes around names and versions. */
const IS_WORD = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++)
  IS_WORD[byte] = byte >= 128 || /[\w.~-]/.test(String.fromCharCode(byte)) ? 1 : 0;

/** Checks whether a text consists of bytes that words have, all of them ASCII. */
export function isWord(text: string): boolean {
  return /^[\w.~-]+$/.test(text);
}

/** Checks whether a byte can be part of a word. */
export function isWordByte(byte: number): boolean {
  return IS_WORD[byte] === 1;
}

/** Returns where the word begins that a place is in or behind. */
export function wordStart(text: Buffer, place: number): number {
  let at = place;
  while (at > 0 && IS_WORD[text[at - 1]!] === 1) at--;
  return at;
}

/** Returns where the word ends that a place is in or before. */
export function wordEnd(text: Buffer, place: number): number {
  let at = place;
  while (at < text.length && IS_WORD[text[at]!] === 1) at++;
  return at;
}

export function createWordTable(words: Iterable<string>): WordTable {
  const numbers = new Map<string, number>();
  for (const word of words) if (!numbers.has(word)) numbers.set(word, numbers.size);
  const mask = 2 ** Math.max(12, Math.ceil(Math.log2(numbers.size + 1)) + 5) - 1;
  const hashes = new Int32Array((mask + 1) / 32);
  const list = wordList([...numbers.keys()]);
  const beginnings = new Uint8Array(65_536);
  for (const word of numbers.keys()) {
    const hash = hashOf(word);
    hashes[(hash & mask) >>> 5]! |= 1 << (hash & 31);
    // A word of one byte is followed by any other.
    const first = word.charCodeAt(0);
    if (word.length > 1) beginnings[first | (word.charCodeAt(1) << 8)] = 1;
    else for (let next = 0; next < 256; next++) beginnings[first | (next << 8)] = 1;
  }
  return {
    size: numbers.size,
    numberOf: (word) => numbers.get(word),
    find(bytes, start, end, found) {
      let at = wordStart(bytes, start);
      const last = wordEnd(bytes, end);
      while (at < last) {
        let byte = bytes[at]!;
        if (IS_WORD[byte] === 0) {
          at++;
          continue;
        }
        const from = at;
        const next = at + 1 < last ? bytes[at + 1]! : 0;
        if (beginnings[byte | (next << 8)] === 0) {
          while (at < last && IS_WORD[bytes[at]!] === 1) at++;
          continue;
        }
        let hash = 0;
        do {
          // Old lockfiles of pnpm append an underscore and peers to a version.
          if (byte === UNDERSCORE && isSet(hashes, hash, mask)) add(list, hash, bytes, from, at, found);
          hash = (Math.imul(hash, 31) + byte) | 0;
          byte = ++at < last ? bytes[at]! : 0;
        } while (IS_WORD[byte] === 1);
        if (isSet(hashes, hash, mask)) add(list, hash, bytes, from, at, found);
      }
    },
  };
}

const UNDERSCORE = 0x5f;

function isSet(hashes: Int32Array, hash: number, mask: number): boolean {
  return ((hashes[(hash & mask) >>> 5]! >>> (hash & 31)) & 1) === 1;
}

/** The bytes of all words, and which have which hash. */
interface WordList {
  readonly bytes: Buffer;
  /** Where each word begins, and behind the last one. */
  readonly starts: Int32Array;
  /** The first number with a hash by its last bits, plus 1; 0 for none. */
  readonly first: Int32Array;
  /** The next number with the same bits, plus 1. */
  readonly next: Int32Array;
}

function wordList(words: readonly string[]): WordList {
  const starts = new Int32Array(words.length + 1);
  for (const [number, word] of words.entries()) starts[number + 1] = starts[number]! + word.length;
  const first = new Int32Array(2 ** Math.ceil(Math.log2(words.length + 1)));
  const next = new Int32Array(words.length);
  for (const [number, word] of words.entries()) {
    const place = hashOf(word) & (first.length - 1);
    next[number] = first[place]!;
    first[place] = number + 1;
  }
  return { bytes: Buffer.from(words.join(''), 'latin1'), starts, first, next };
}

function add(
  list: WordList,
  hash: number,
  bytes: Buffer,
  start: number,
  end: number,
  found: (number: number, at: number) => void,
): void {
  const { first, next, starts } = list;
  for (let at = first[hash & (first.length - 1)]!; at !== 0; at = next[at - 1]!) {
    const from = starts[at - 1]!;
    if (starts[at]! - from !== end - start) continue;
    let same = 0;
    while (same < end - start && list.bytes[from + same] === bytes[start + same]) same++;
    if (same < end - start) continue;
    found(at - 1, start);
    return;
  }
}

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, 31) + word.charCodeAt(at)) | 0;
  return hash;
}
