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
    let slot = this.#slotOf(key, 0, key.length, key.length);
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
    const { key } = entry;
    let slot = this.#slotOf(key, 0, key.length, key.length);
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
   * Whether a package whose name stands between the two offsets of the text lies directly in the project's node_modules.
   * It may miss one: where the key is escaped, or one of very many.
   */
  hasOutermost(start: number, end: number): boolean {
    const length = end - start + FOLDER.length;
    let slot = this.#slotOf(this.#text, start, end, length);
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const number = this.#places[slot]!;
      if (number === 0) return false;
      const { objectToken, place } = this.all[number - 1]!;
      const keyEnd = this.#records[objectToken - RECORD + 1]! - 1;
      const keyStart = this.#records[objectToken - RECORD]! + 1;
      if (place === OUTERMOST && keyEnd - keyStart === length && this.#isSame(start, end, keyEnd))
        return true;
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }

  /** Whether what stands between the offsets stands before `otherEnd` as well. */
  #isSame(start: number, end: number, otherEnd: number): boolean {
    const text = this.#text;
    for (let at = end - 1, other = otherEnd - 1; at >= start; at--, other--) {
      if (text.charCodeAt(at) !== text.charCodeAt(other)) return false;
    }
    return true;
  }

  /** From the length of the key and the end of its last part, which tell most apart and cost less than all of it. */
  #slotOf(text: string, start: number, end: number, length: number): number {
    let hash = length;
    for (let at = end - 1; at >= start && at >= end - TAIL; at--) {
      const code = text.charCodeAt(at);
      if (code === SLASH) break;
      hash = Math.imul(hash, 31) + code;
    }
    hash = Math.imul(hash, 0x9e3779b1 | 0);
    return (hash ^ (hash >>> 15)) & this.#mask;
  }
}

const FOLDER = 'node_modules/';
const SLASH = 47;

/** How many characters at a key's end are looked at for its place. */
const TAIL = 8;

/** So many entries are looked at for one; there are hardly ever five. */
const MOST_PROBES = 32;
