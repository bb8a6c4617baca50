import { isEscapedKey, isQuote } from './yaml-lexis.ts';
import { keyOf, type Node, type YamlTape } from './yaml-tape.ts';

/** What `KeyTable` gives for a key that it has not. */
export const MISSING = -1;

/** So many places are looked at before a key is looked for in another way; texts made to collide come to that. */
const MOST_PROBES = 32;

/**
 * The keys of a mapping's members by what they are, without making strings of them: a lockfile has some ten thousand
 * dependencies, each of which is looked up to see that it leads somewhere. Of a key that stands twice it has the first.
 */
export class KeyTable {
  readonly #tape: YamlTape;
  readonly #nodes: readonly Node[];
  /** Members by the hash of their key: their number + 1, and 0 for none. */
  readonly #slots: Int32Array;
  readonly #hashes: Int32Array;
  /** Whether some keys are not in the slots. */
  #isPartial = false;
  #byKey: Map<string, number> | undefined;

  constructor(tape: YamlTape, nodes: readonly Node[]) {
    const size = 2 ** (32 - Math.clz32(nodes.length * 2 + 1));
    this.#tape = tape;
    this.#nodes = nodes;
    this.#slots = new Int32Array(size);
    this.#hashes = new Int32Array(size);
    for (let number = 0; number < nodes.length; number++) this.#insert(number);
  }

  /** The number of the member with this key, `MISSING` where there is none. */
  find(key: string): number {
    if (this.#byKey === undefined) {
      this.#byKey = new Map();
      for (const [number, node] of this.#nodes.entries()) {
        const name = keyOf(this.#tape, node);
        if (!this.#byKey.has(name)) this.#byKey.set(name, number);
      }
    }
    return this.#byKey.get(key) ?? MISSING;
  }

  /** The number of the member whose key is what stands between the two places. */
  findRange(start: number, end: number): number {
    return this.#probe(hashOf(this.#tape.text, 0, 0, start, end, 0, 0), 0, 0, start, end, 0, 0);
  }

  /**
   * The number of the member whose key is made of two stretches of the text: with the character `before` before the
   * first, if it is not 0, and `between` between the two.
   */
  findJoined(
    before: number,
    start: number,
    end: number,
    between: number,
    secondStart: number,
    secondEnd: number,
  ): number {
    const { text } = this.#tape;
    const hash = hashOf(text, before, between, start, end, secondStart, secondEnd);
    return this.#probe(hash, before, between, start, end, secondStart, secondEnd);
  }

  #insert(number: number): void {
    const { text, records } = this.#tape;
    const node = this.#nodes[number]!;
    const quote = isQuote(text.charCodeAt(records[node]!)) ? 1 : 0;
    const start = records[node]! + quote;
    const end = records[node + 1]! - quote;
    if (quote === 1 && isEscapedKey(text, start - 1, end + 1)) {
      this.#isPartial = true;
      return;
    }
    const hash = hashOf(text, 0, 0, start, end, 0, 0);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const there = this.#slots[slot]!;
      if (there === 0) {
        this.#slots[slot] = number + 1;
        this.#hashes[slot] = hash;
        return;
      }
      if (this.#hashes[slot] === hash && this.#isKey(there - 1, 0, 0, start, end, 0, 0)) return;
      slot = (slot + 1) & mask;
    }
    this.#isPartial = true;
  }

  #probe(
    hash: number,
    before: number,
    between: number,
    start: number,
    end: number,
    secondStart: number,
    secondEnd: number,
  ): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const there = this.#slots[slot]!;
      if (there === 0) break;
      const isHit =
        this.#hashes[slot] === hash &&
        this.#isKey(there - 1, before, between, start, end, secondStart, secondEnd);
      if (isHit) return there - 1;
      slot = (slot + 1) & mask;
    }
    if (!this.#isPartial) return MISSING;
    const { text } = this.#tape;
    const first = text.slice(start, end);
    if (between === 0) return this.find(first);
    const head = before === 0 ? first : String.fromCharCode(before) + first;
    return this.find(head + String.fromCharCode(between) + text.slice(secondStart, secondEnd));
  }

  #isKey(
    number: number,
    before: number,
    between: number,
    start: number,
    end: number,
    secondStart: number,
    secondEnd: number,
  ): boolean {
    const { text, records } = this.#tape;
    const node = this.#nodes[number]!;
    let at = records[node]!;
    let keyEnd = records[node + 1]!;
    if (isQuote(text.charCodeAt(at))) {
      at++;
      keyEnd--;
    }
    const length = end - start + (before === 0 ? 0 : 1) + (between === 0 ? 0 : 1 + secondEnd - secondStart);
    if (keyEnd - at !== length) return false;
    if (before !== 0 && text.charCodeAt(at++) !== before) return false;
    if (!isSameAt(text, start, end, at)) return false;
    if (between === 0) return true;
    at += end - start;
    return text.charCodeAt(at) === between && isSameAt(text, secondStart, secondEnd, at + 1);
  }
}

/** Of a longer stretch V8 compares pieces faster than we do characters. */
const LONG = 24;

/** Whether what stands between the two places stands at the other one as well. */
function isSameAt(text: string, start: number, end: number, at: number): boolean {
  if (end - start > LONG) return text.slice(start, end) === text.slice(at, at + end - start);
  for (let one = start, other = at; one < end; ) {
    if (text.charCodeAt(one++) !== text.charCodeAt(other++)) return false;
  }
  return true;
}

const BASIS = 0x811c9dc5 | 0;
/** Of a long key so many characters at its end are in its hash, and about so many of the others. */
const TAIL = 10;
const HEAD = 8;

/** Of a key made of stretches as in `findJoined`. Keys are compared wholly, so that it need not know all of one. */
function hashOf(
  text: string,
  before: number,
  between: number,
  start: number,
  end: number,
  secondStart: number,
  secondEnd: number,
): number {
  const from = before === 0 ? 0 : 1;
  const joint = from + end - start;
  const length = between === 0 ? joint : joint + 1 + secondEnd - secondStart;
  const tail = Math.max(0, length - TAIL);
  const step = Math.trunc(tail / HEAD) + 1;
  let hash = BASIS ^ length;
  for (let at = 0; at < length; at += at < tail ? step : 1) {
    const code =
      at < from
        ? before
        : at < joint
          ? text.charCodeAt(start + at - from)
          : at === joint
            ? between
            : text.charCodeAt(secondStart + at - joint - 1);
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return hash;
}
