import { growthOf, type TextChange } from '../../text/text-change.ts';
import { TOKEN } from './entry-fields.ts';
import type { EntryList } from './entry-list.ts';
import { NO_NAME } from './folder-place.ts';
import { hashOf, joinedHash } from './key-hash.ts';
import type { NpmLockEntry } from './npm-lock-entry.ts';

/**
 * The entries of `packages` by their keys. The tens of thousands of dependencies of a lockfile are looked up in place
 * in the text without creating substrings; that is why this is not a map of strings.
 */
export class EntriesByKey {
  readonly list: EntryList;
  #isRepeated = false;
  readonly #text: string;
  readonly #mask: number;
  /** For each slot the entry's number plus 1 (0: empty), the start and end of its key, and its hash. */
  readonly #places: Int32Array;
  /** Those that found no slot, in texts crafted so that very many keys collide. */
  readonly #others: Map<string, number>;
  /** Keys written with escapes, by entry number: decoding one takes time linear in its length. */
  readonly #escaped: Map<number, string>;

  /**
   * @param list the list that holds every added entry
   * @param most an upper limit for the number of entries
   */
  constructor(list: EntryList, most: number, before?: EntriesByKey) {
    const size = before === undefined ? 2 ** (32 - Math.clz32(most * 2 + 1)) : before.#mask + 1;
    this.list = list;
    this.#text = list.fields.tape.text;
    this.#mask = size - 1;
    this.#places = before === undefined ? new Int32Array(NUMBERS * size) : before.#places.slice();
    this.#others = new Map(before === undefined ? [] : before.#others);
    this.#escaped = before === undefined ? new Map() : before.#escaped;
    this.#isRepeated = before === undefined ? false : before.#isRepeated;
  }

  /** Whether an entry replaces an earlier one with the same key. */
  get isRepeated(): boolean {
    return this.#isRepeated;
  }

  /** Checks whether its key resolves to this entry. */
  counts(number: number): boolean {
    return !this.#isRepeated || this.numberOf(this.list.keyOf(number)) === number;
  }

  get(key: string): NpmLockEntry | undefined {
    const number = this.numberOf(key);
    return number === -1 ? undefined : this.list.at(number);
  }

  /** Returns the number of the entry with this key; -1 if there is none. */
  numberOf(key: string): number {
    const place = this.#find(key, hashOfKey(key));
    return (place === NOWHERE ? (this.#others.get(key) ?? 0) : this.#places[place]!) - 1;
  }

  /** Returns the same keys after an edit that touched none of them. */
  edited(list: EntryList, edit: TextChange): EntriesByKey {
    const next = new EntriesByKey(list, 0, this);
    const places = next.#places;
    const by = growthOf(edit);
    for (let place = 0; by !== 0 && place < places.length; place += NUMBERS) {
      if (places[place] === 0 || places[place + 1]! < edit.oldEnd) continue;
      places[place + 1] = places[place + 1]! + by;
      places[place + 2] = places[place + 2]! + by;
    }
    return next;
  }

  /**
   * Adds an entry; among equal keys the last one counts. Returns whether it replaces another.
   * @param number its number in the list
   * @param name where the package's name starts in its key, or `NO_NAME`
   */
  add(number: number, name: number): boolean {
    const { fields } = this.list;
    const { records, escapedKeys } = fields.tape;
    const token = fields.get(number, TOKEN);
    const start = records[token]! + 1;
    const tokenEnd = records[token + 1]!;
    // In a broken text the closing quote may be missing.
    const end = tokenEnd > start && this.#text.charCodeAt(tokenEnd - 1) === QUOTE ? tokenEnd - 1 : tokenEnd;
    let isKnown: boolean;
    if (escapedKeys.size > 0 && escapedKeys.has(token)) {
      const key = this.list.keyOf(number);
      this.#escaped.set(number, key);
      // An escaped key has no place in the text to compare with.
      const hash = hashOfKey(key);
      isKnown = this.#put(this.#find(key, hash), key, number, start, start, hash);
    } else {
      const hash =
        name === NO_NAME ? hashOfKey(this.list.keyOf(number)) : hashOfNamed(this.#text, start, name, end);
      const place = this.#placeFor(number, start, end, hash);
      isKnown = this.#put(place, place === NOWHERE ? this.list.keyOf(number) : '', number, start, end, hash);
    }
    if (isKnown) this.#isRepeated = true;
    return isKnown;
  }

  /** Returns the slot of the key between the offsets, or the empty slot for it; `NOWHERE` if there is neither. */
  #placeFor(number: number, start: number, end: number, hash: number): number {
    let slot = hash & this.#mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const place = slot * NUMBERS;
      if (this.#places[place] === 0 || this.#isAlike(place, number, start, end, hash)) return place;
      slot = (slot + 1) & this.#mask;
    }
    return NOWHERE;
  }

  #put(place: number, key: string, number: number, start: number, end: number, hash: number): boolean {
    if (place === NOWHERE) {
      const isKnown = this.#others.has(key);
      this.#others.set(key, number + 1);
      return isKnown;
    }
    const isKnown = this.#places[place] !== 0;
    this.#places[place] = number + 1;
    this.#places[place + 1] = start;
    this.#places[place + 2] = end;
    this.#places[place + 3] = hash;
    return isKnown;
  }

  /** Checks whether the key in the slot equals the text between the offsets, which belongs to another entry. */
  #isAlike(place: number, number: number, start: number, end: number, hash: number): boolean {
    if (this.#places[place + 3] !== hash) return false;
    const otherEnd = this.#places[place + 2]!;
    const length = otherEnd - this.#places[place + 1]!;
    if (length === 0) return this.#keyAt(place) === this.list.keyOf(number);
    return length === end - start && this.#isSame(start, end, otherEnd);
  }

  /**
   * Checks whether the folder has an entry whose name is between the two offsets of the text. It may miss one: if the
   * key is escaped, or one of very many.
   */
  has({ path, hash }: Folder, start: number, end: number): boolean {
    const text = this.#text;
    const places = this.#places;
    const length = end - start + path.length;
    const sought = joinedHash(hash, hashOf(text, start, end));
    let slot = sought & this.#mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const place = slot * NUMBERS;
      if (places[place] === 0) return false;
      if (places[place + 3] === sought) {
        const keyStart = places[place + 1]!;
        const keyEnd = places[place + 2]!;
        const isKey =
          keyEnd - keyStart === length && this.#isSame(start, end, keyEnd) && text.startsWith(path, keyStart);
        if (isKey) return true;
      }
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }

  /** Returns the slot of the key, or the empty slot for it; `NOWHERE` if there is neither. */
  #find(key: string, hash: number): number {
    let slot = hash & this.#mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const place = slot * NUMBERS;
      if (this.#places[place] === 0) return place;
      if (this.#places[place + 3] === hash && this.#isKey(place, key)) return place;
      slot = (slot + 1) & this.#mask;
    }
    return NOWHERE;
  }

  #isKey(place: number, key: string): boolean {
    const start = this.#places[place + 1]!;
    const length = this.#places[place + 2]! - start;
    if (length === 0) return this.#keyAt(place) === key;
    return length === key.length && this.#text.startsWith(key, start);
  }

  #keyAt(place: number): string {
    const number = this.#places[place]! - 1;
    return this.#escaped.get(number) ?? this.list.keyOf(number);
  }

  /** Checks whether the text between the offsets also ends at `otherEnd`. */
  #isSame(start: number, end: number, otherEnd: number): boolean {
    const text = this.#text;
    for (let at = end - 1, other = otherEnd - 1; at >= start; at--, other--) {
      if (text.charCodeAt(at) !== text.charCodeAt(other)) return false;
    }
    return true;
  }
}

/** A folder that contains packages, with the initial hash of their keys. */
export interface Folder {
  /** Ends in `node_modules/`. */
  readonly path: string;
  readonly hash: number;
}

export function folderOf(path: string): Folder {
  return { path, hash: hashOf(path, 0, Math.max(0, path.length - INNER.length)) };
}

/** Hashes a key: its last name, and the folder before it. */
function hashOfKey(key: string): number {
  const inner = key.lastIndexOf(INNER);
  if (inner !== -1) return joinedHash(hashOf(key, 0, inner), hashOf(key, inner + INNER.length, key.length));
  const { path, hash } = OUTERMOST_FOLDER;
  const isOutermost = key.startsWith(path);
  return joinedHash(isOutermost ? hash : NO_FOLDER, hashOf(key, isOutermost ? path.length : 0, key.length));
}

/** Hashes the key between the offsets, whose last name starts at `name`. */
function hashOfNamed(text: string, start: number, name: number, end: number): number {
  const { path, hash } = OUTERMOST_FOLDER;
  const isOutermost = name === start + path.length;
  return joinedHash(isOutermost ? hash : hashOf(text, start, name - INNER.length), hashOf(text, name, end));
}

/** The hash of no folder. */
const NO_FOLDER = 1;

/** Precedes the names in a deeper folder. */
const INNER = '/node_modules/';

const QUOTE = 34;

/** The size of a slot. */
const NUMBERS = 4;
const NOWHERE = -1;

/** The folder of the project itself. */
export const OUTERMOST_FOLDER = folderOf('node_modules/');

/** The limit of slots probed for one entry; real files hardly ever need ten. */
const MOST_PROBES = 32;
