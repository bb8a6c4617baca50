import { keyText } from '../model/json-lock-text.ts';
import { hashOf, joinedHash } from '../npm/key-hash.ts';
import { type NestedFields, PARENT, TOKEN } from './nested-fields.ts';

/**
 * The entries of nested `dependencies` by name and parent. The thousands of packages that a lockfile requires are
 * looked up in place in the text without creating substrings; that is why this is not a map of strings.
 */
export class NestedNames {
  readonly #fields: NestedFields;
  readonly #mask: number;
  /** For each slot the entry's number plus 1 (0: empty), the start and end of its name, and its hash. */
  readonly #places: Int32Array;
  /** Those that found no slot, in texts crafted so that very many names collide. */
  readonly #others = new Map<string, number>();

  /** @param fields the fields, all of whose entries may be added */
  constructor(fields: NestedFields) {
    const size = 2 ** (32 - Math.clz32(fields.count * 2 + 1));
    this.#fields = fields;
    this.#mask = size - 1;
    this.#places = new Int32Array(NUMBERS * size);
  }

  /** Adds an entry; among equal names in one parent the last counts. Returns whether it replaces another. */
  add(entry: number): boolean {
    const { tape } = this.#fields;
    const token = this.#fields.get(entry, TOKEN);
    const parent = this.#fields.get(entry, PARENT);
    const start = tape.records[token]! + 1;
    const end = tape.records[token + 1]! - 1;
    const isPlain = tape.escapedKeys.size === 0 || !tape.escapedKeys.has(token);
    // In a broken text the closing quote may be missing.
    if (isPlain && end >= start && tape.text.charCodeAt(end) === QUOTE)
      return this.#put(entry, parent, tape.text, start, end);
    const name = keyText(tape, token);
    return this.#put(entry, parent, name, 0, name.length);
  }

  /** Returns the number of the entry of that name in a parent; -1 if there is none. */
  find(parent: number, name: string): number {
    const place = this.#find(parent, name, 0, name.length);
    return place === NOWHERE ? (this.#others.get(`${parent} ${name}`) ?? -1) : this.#places[place]! - 1;
  }

  /**
   * Checks whether the name between the two offsets of the text belongs to an entry in the parent. It may miss one of
   * very many.
   */
  has(parent: number, start: number, end: number): boolean {
    const place = this.#find(parent, this.#fields.tape.text, start, end);
    return place !== NOWHERE && this.#places[place] !== 0;
  }

  #put(entry: number, parent: number, text: string, start: number, end: number): boolean {
    const places = this.#places;
    const place = this.#find(parent, text, start, end);
    if (place === NOWHERE) {
      const key = `${parent} ${text.slice(start, end)}`;
      const isKnown = this.#others.has(key);
      this.#others.set(key, entry);
      return isKnown;
    }
    const isKnown = places[place] !== 0;
    const isInText = text === this.#fields.tape.text;
    places[place] = entry + 1;
    places[place + 1] = isInText ? start : ELSEWHERE;
    places[place + 2] = end;
    places[place + 3] = joinedHash(parent, hashOf(text, start, end));
    return isKnown;
  }

  /** Returns the slot of the name between the offsets, or the empty slot for it; `NOWHERE` if there is neither. */
  #find(parent: number, text: string, start: number, end: number): number {
    const places = this.#places;
    const hash = joinedHash(parent, hashOf(text, start, end));
    let slot = hash & this.#mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const place = slot * NUMBERS;
      if (places[place] === 0) return place;
      if (places[place + 3] === hash && this.#isAt(place, parent, text, start, end)) return place;
      slot = (slot + 1) & this.#mask;
    }
    return NOWHERE;
  }

  #isAt(place: number, parent: number, text: string, start: number, end: number): boolean {
    const fields = this.#fields;
    const entry = this.#places[place]! - 1;
    if (fields.get(entry, PARENT) !== parent) return false;
    const otherStart = this.#places[place + 1]!;
    const otherEnd = this.#places[place + 2]!;
    if (otherStart === ELSEWHERE)
      return keyText(fields.tape, fields.get(entry, TOKEN)) === text.slice(start, end);
    if (otherEnd - otherStart !== end - start) return false;
    const { text: own } = fields.tape;
    for (let at = end - 1, other = otherEnd - 1; at >= start; at--, other--) {
      if (text.charCodeAt(at) !== own.charCodeAt(other)) return false;
    }
    return true;
  }
}

/** The size of a slot. */
const NUMBERS = 4;
const NOWHERE = -1;

/** The start of a name that is not in the text in this spelling. */
const ELSEWHERE = -1;

/** The limit of slots probed for one entry; real files hardly ever need three. */
const MOST_PROBES = 32;

const QUOTE = 34;
