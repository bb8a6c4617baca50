import { type JsonTape, RECORD } from '../../text/json-tape.ts';
import { growthOf, type TextChange } from '../../text/text-change.ts';
import { OUTERMOST } from './folder-place.ts';
import type { NpmLockEntry } from './npm-lock-entry.ts';

/**
 * The entries of `packages` by their keys. The ten thousands of dependencies of a lockfile are looked up where their
 * names stand in the text, and not cut out of it; so this is no map of strings.
 */
export class EntriesByKey {
  /** In the order of the text; of a key that stands twice the last entry, in the place of the first. */
  readonly all: NpmLockEntry[] = [];
  readonly #text: string;
  readonly #records: Int32Array;
  readonly #mask: number;
  /** Of each place its entry's number in `all`, one higher (0: it is empty), and where its key starts and ends. */
  readonly #places: Int32Array;
  /** Those for which there was no place, in texts made so that very many keys belong into one. */
  readonly #others: Map<string, number>;

  /** @param most how many entries will be added, or more */
  constructor({ text, records }: JsonTape, most: number, before?: EntriesByKey) {
    const size = 2 ** (32 - Math.clz32(most * 2 + 1));
    this.#text = text;
    this.#records = records;
    this.#mask = before === undefined ? size - 1 : before.#mask;
    this.#places = before === undefined ? new Int32Array(PLACE * size) : before.#places.slice();
    this.#others = new Map(before === undefined ? [] : before.#others);
  }

  /** The same keys after an edit that touched none of them. */
  edited(tape: JsonTape, edit: TextChange, entryOf: (before: NpmLockEntry) => NpmLockEntry): EntriesByKey {
    const next = new EntriesByKey(tape, 0, this);
    const places = next.#places;
    const by = growthOf(edit);
    if (by !== 0) {
      for (let place = 0; place < places.length; place += PLACE) {
        if (places[place] === 0 || places[place + 1]! < edit.oldEnd) continue;
        places[place + 1] = places[place + 1]! + by;
        places[place + 2] = places[place + 2]! + by;
      }
    }
    for (const entry of this.all) next.all.push(entryOf(entry));
    return next;
  }

  get(key: string): NpmLockEntry | undefined {
    const place = this.#find(key, hashOf(key, 0, key.length, 0));
    const number = place === NOWHERE ? (this.#others.get(key) ?? 0) : this.#places[place]!;
    return this.all[number - 1];
  }

  /** Returns whether it takes the place of another entry with its key. */
  add(entry: NpmLockEntry): boolean {
    const { key } = entry;
    const { path, hash } = entry.place === OUTERMOST ? OUTERMOST_FOLDER : NO_FOLDER;
    const place = this.#find(key, hashOf(key, path.length, key.length, hash));
    const known = place === NOWHERE ? (this.#others.get(key) ?? 0) : this.#places[place]!;
    const number = known === 0 ? this.all.push(entry) : known;
    this.all[number - 1] = entry;
    if (place === NOWHERE) {
      this.#others.set(key, number);
    } else {
      const token = entry.objectToken - RECORD;
      const start = this.#records[token]! + 1;
      const end = this.#records[token + 1]! - 1;
      this.#places[place] = number;
      this.#places[place + 1] = start;
      // An escaped key is longer than its text.
      this.#places[place + 2] = end - start === key.length ? end : start;
    }
    return known !== 0;
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
      const place = slot * PLACE;
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
      const place = slot * PLACE;
      const number = this.#places[place]!;
      if (number === 0 || this.all[number - 1]!.key === key) return place;
      slot = (slot + 1) & this.#mask;
    }
    return NOWHERE;
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

const NO_FOLDER: Folder = { path: '', hash: 0 };

/** Numbers of a place. */
const PLACE = 3;
const NOWHERE = -1;

/** Of the project itself. */
export const OUTERMOST_FOLDER = folderOf('node_modules/');

/** So many entries are looked at for one; there are hardly ever ten. */
const MOST_PROBES = 32;
