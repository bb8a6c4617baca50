import { type JsonTape, RECORD } from '../../text/json-tape.ts';
import { type NpmLockEntry, OUTERMOST } from './npm-lock-entry.ts';

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
  /** Numbers in `all`, each one higher: 0 is an empty place. */
  readonly #places: Int32Array;
  /** Those for which there was no place, in texts made so that very many keys belong into one. */
  readonly #others = new Map<string, number>();

  /** @param most how many entries will be added, or more */
  constructor({ text, records }: JsonTape, most: number) {
    const size = 2 ** (32 - Math.clz32(most * 2 + 1));
    this.#text = text;
    this.#records = records;
    this.#mask = size - 1;
    this.#places = new Int32Array(size);
  }

  get(key: string): NpmLockEntry | undefined {
    let slot = this.#slot(hashOf(key, 0, key.length, 0));
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const number = this.#places[slot]!;
      if (number === 0) return undefined;
      const entry = this.all[number - 1]!;
      if (entry.key === key) return entry;
      slot = (slot + 1) & this.#mask;
    }
    const number = this.#others.get(key);
    return number === undefined ? undefined : this.all[number];
  }

  /** Returns whether it takes the place of another entry with its key. */
  add(entry: NpmLockEntry): boolean {
    const { key, place } = entry;
    const { path, hash } = place === OUTERMOST ? OUTERMOST_FOLDER : NO_FOLDER;
    let slot = this.#slot(hashOf(key, path.length, key.length, hash));
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const number = this.#places[slot]!;
      if (number === 0) {
        this.#places[slot] = this.all.push(entry);
        return false;
      }
      if (this.all[number - 1]!.key === key) {
        this.all[number - 1] = entry;
        return true;
      }
      slot = (slot + 1) & this.#mask;
    }
    const known = this.#others.get(key);
    if (known === undefined) this.#others.set(key, this.all.push(entry) - 1);
    else this.all[known] = entry;
    return known !== undefined;
  }

  /**
   * Whether there is an entry in the folder whose name stands between the two offsets of the text. It may miss one: where
   * the key is escaped, or one of very many.
   */
  has(folder: Folder, start: number, end: number): boolean {
    const text = this.#text;
    const { path } = folder;
    const length = end - start + path.length;
    let slot = this.#slot(hashOf(text, start, end, folder.hash));
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const number = this.#places[slot]!;
      if (number === 0) return false;
      const { objectToken, place } = this.all[number - 1]!;
      const keyEnd = this.#records[objectToken - RECORD + 1]! - 1;
      const keyStart = this.#records[objectToken - RECORD]! + 1;
      if (keyEnd - keyStart === length && this.#isSame(start, end, keyEnd)) {
        const isThere = folder === OUTERMOST_FOLDER ? place === OUTERMOST : text.startsWith(path, keyStart);
        if (isThere) return true;
      }
      slot = (slot + 1) & this.#mask;
    }
    return false;
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

/** Of the project itself. */
export const OUTERMOST_FOLDER = folderOf('node_modules/');

/** So many entries are looked at for one; there are hardly ever ten. */
const MOST_PROBES = 32;
