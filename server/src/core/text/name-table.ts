/**
 * Names that stand in a text, to be found again without cutting them out of it: for the ten thousand dependencies of a
 * lockfile, each of which is looked up once. It may not find a name that it has, in texts made so that many are alike.
 */
export class NameTable {
  readonly #text: string;
  readonly #mask: number;
  /** Where each name starts and ends; an end of 0 for an empty place. */
  readonly #places: Int32Array;

  /** @param count how many names will be added, or more */
  constructor(text: string, count: number) {
    const size = 2 ** (32 - Math.clz32(count * 2 + 1));
    this.#text = text;
    this.#mask = size - 1;
    this.#places = new Int32Array(2 * size);
  }

  /** Adds the name between the two offsets. */
  add(start: number, end: number): void {
    const places = this.#places;
    let slot = this.#slotOf(start, end);
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      if (places[2 * slot + 1] === 0) {
        places[2 * slot] = start;
        places[2 * slot + 1] = end;
        return;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Whether the name between the two offsets was added, also from elsewhere in the text. */
  has(start: number, end: number): boolean {
    const places = this.#places;
    let slot = this.#slotOf(start, end);
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const otherEnd = places[2 * slot + 1]!;
      if (otherEnd === 0) return false;
      const otherStart = places[2 * slot]!;
      if (otherEnd - otherStart === end - start && this.#isSame(start, otherStart, otherEnd)) return true;
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }

  #isSame(start: number, otherStart: number, otherEnd: number): boolean {
    const text = this.#text;
    for (let at = otherEnd - 1, other = start + otherEnd - otherStart - 1; at >= otherStart; at--, other--) {
      if (text.charCodeAt(at) !== text.charCodeAt(other)) return false;
    }
    return true;
  }

  #slotOf(start: number, end: number): number {
    const text = this.#text;
    let hash = 0x811c9dc5 | 0;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash ^ (hash >>> 15)) & this.#mask;
  }
}

/** So many names that are alike are looked through; there are hardly ever three. */
const MOST_PROBES = 32;
