import { growthOf, type TextChange } from '../../text/text-change.ts';
import { PLACE, TOKEN } from './entry-fields.ts';
import type { EntryList } from './entry-list.ts';
import { OUTERMOST } from './folder-place.ts';
import type { NpmLockEntry } from './npm-lock-entry.ts';

/**
 * The entries of `packages` by their keys. The ten thousands of dependencies of a lockfile are looked up where their
 * names stand in the text, and not cut out of it; so this is no map of strings.
 */
export class EntriesByKey {
  readonly list: EntryList;
  /** The numbers of entries that take the place of an earlier one with their key. */
  readonly repeated: readonly number[];
  readonly #text: string;
  readonly #mask: number;
  /** Of each place its entry's number, one higher (0: it is empty), and where its key starts and ends. */
  readonly #places: Int32Array;
  /** Those for which there was no place, in texts made so that very many keys belong into one. */
  readonly #others: Map<string, number>;
  /** The keys that are written with escapes, by their entries' numbers: decoding one takes as long as it is. */
  readonly #escaped: Map<number, string>;

  /** Takes in all entries of the list; of those with the same key the last. */
  constructor(list: EntryList, before?: EntriesByKey) {
    const size = 2 ** (32 - Math.clz32(list.length * 2 + 1));
    this.list = list;
    this.#text = list.fields.tape.text;
    this.#mask = size - 1;
    this.#places = before === undefined ? new Int32Array(NUMBERS * size) : before.#places.slice();
    this.#others = new Map(before === undefined ? [] : before.#others);
    this.#escaped = before === undefined ? new Map() : before.#escaped;
    const repeated: number[] = [];
    this.repeated = repeated;
    if (before !== undefined) return;
    for (let number = 0; number < list.length; number++) if (this.#add(number)) repeated.push(number);
  }

  /** Whether it is the entry that its key leads to. */
  counts(number: number): boolean {
    return this.repeated.length === 0 || this.numberOf(this.list.keyOf(number)) === number;
  }

  get(key: string): NpmLockEntry | undefined {
    const number = this.numberOf(key);
    return number === -1 ? undefined : this.list.at(number);
  }

  /** -1 where there is no such entry. */
  numberOf(key: string): number {
    const place = this.#find(key, hashOf(key, 0, key.length, 0));
    return (place === NOWHERE ? (this.#others.get(key) ?? 0) : this.#places[place]!) - 1;
  }

  /** The same keys after an edit that touched none of them. */
  edited(list: EntryList, edit: TextChange): EntriesByKey {
    const next = new EntriesByKey(list, this);
    const places = next.#places;
    const by = growthOf(edit);
    for (let place = 0; by !== 0 && place < places.length; place += NUMBERS) {
      if (places[place] === 0 || places[place + 1]! < edit.oldEnd) continue;
      places[place + 1] = places[place + 1]! + by;
      places[place + 2] = places[place + 2]! + by;
    }
    return next;
  }

  /** Returns whether it takes the place of another entry with its key. */
  #add(number: number): boolean {
    const { fields } = this.list;
    const { records, escapedKeys } = fields.tape;
    const token = fields.get(number, TOKEN);
    const start = records[token]! + 1;
    const tokenEnd = records[token + 1]!;
    // In a broken text the quote at the end may be missing.
    const end = tokenEnd > start && this.#text.charCodeAt(tokenEnd - 1) === QUOTE ? tokenEnd - 1 : tokenEnd;
    if (escapedKeys.size > 0 && escapedKeys.has(token)) {
      const key = this.list.keyOf(number);
      this.#escaped.set(number, key);
      // An escaped key has no place in the text that could be compared.
      return this.#put(this.#find(key, hashOf(key, 0, key.length, 0)), key, number, start, start);
    }
    const isOutermost = fields.get(number, PLACE) === OUTERMOST;
    const { path, hash } = isOutermost ? OUTERMOST_FOLDER : NO_FOLDER;
    let slot = this.#slot(hashOf(this.#text, start + path.length, end, hash));
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const place = slot * NUMBERS;
      const isHere = this.#places[place] === 0 || this.#isAlike(place, number, start, end);
      if (isHere) return this.#put(place, '', number, start, end);
      slot = (slot + 1) & this.#mask;
    }
    return this.#put(NOWHERE, this.list.keyOf(number), number, start, end);
  }

  #put(place: number, key: string, number: number, start: number, end: number): boolean {
    if (place === NOWHERE) {
      const isKnown = this.#others.has(key);
      this.#others.set(key, number + 1);
      return isKnown;
    }
    const isKnown = this.#places[place] !== 0;
    this.#places[place] = number + 1;
    this.#places[place + 1] = start;
    this.#places[place + 2] = end;
    return isKnown;
  }

  /** Whether the key of the place is what stands between the offsets, which is another entry's. */
  #isAlike(place: number, number: number, start: number, end: number): boolean {
    const otherEnd = this.#places[place + 2]!;
    const length = otherEnd - this.#places[place + 1]!;
    if (length === 0) return this.#keyAt(place) === this.list.keyOf(number);
    return length === end - start && this.#isSame(start, end, otherEnd);
  }

  /**
   * Whether there is an entry in the folder whose name stands between the two offsets of the text. It may miss one: where
   * the key is escaped, or one of very many.
   */
  has({ path, hash }: Folder, start: number, end: number): boolean {
    const text = this.#text;
    const places = this.#places;
    const length = end - start + path.length;
    let slot = this.#slot(hashOf(text, start, end, hash));
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const place = slot * NUMBERS;
      if (places[place] === 0) return false;
      const keyStart = places[place + 1]!;
      const keyEnd = places[place + 2]!;
      const isKey =
        keyEnd - keyStart === length && this.#isSame(start, end, keyEnd) && text.startsWith(path, keyStart);
      if (isKey) return true;
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }

  /** The place of the key, or the empty one where it belongs; `NOWHERE` where there is neither. */
  #find(key: string, hash: number): number {
    let slot = this.#slot(hash);
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const place = slot * NUMBERS;
      if (this.#places[place] === 0 || this.#isKey(place, key)) return place;
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

  #slot(hash: number): number {
    const mixed = Math.imul(hash, 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }

  /** Whether what stands between the offsets stands before `otherEnd` as well. */
  #isSame(start: number, end: number, otherEnd: number): boolean {
    const text = this.#text;
    for (let at = end - 1, other = otherEnd - 1; at >= start; at--, other--) {
      if (text.charCodeAt(at) !== text.charCodeAt(other)) return false;
    }
    return true;
  }
}

/** A folder that packages lie in, with what the hash of their keys begins with. */
export interface Folder {
  /** Ends in `node_modules/`. */
  readonly path: string;
  readonly hash: number;
}

export function folderOf(path: string): Folder {
  return { path, hash: hashOf(path, 0, path.length, 0) };
}

/** Of what stands between the offsets, behind what `before` is the hash of. */
function hashOf(text: string, start: number, end: number, before: number): number {
  let hash = before;
  for (let at = start; at < end; at++) hash = ((hash << 5) - hash + text.charCodeAt(at)) | 0;
  return hash;
}

const QUOTE = 34;

const NO_FOLDER: Folder = { path: '', hash: 0 };

/** Numbers of a place. */
const NUMBERS = 3;
const NOWHERE = -1;

/** Of the project itself. */
export const OUTERMOST_FOLDER = folderOf('node_modules/');

/** So many entries are looked at for one; there are hardly ever ten. */
const MOST_PROBES = 32;
