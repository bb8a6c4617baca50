import { isSame, type TextBytes, WIDE } from '../../text/text-bytes.ts';
import type { KeyStyle } from './pnpm-keys.ts';
import { isEscapedKey, isQuote } from './yaml-lexis.ts';
import { keyOf, type Node, type YamlTape } from './yaml-tape.ts';

/** The result for an absent key. */
export const MISSING = -1;

/** Returns the number of the member with this key, the first of several; `MISSING` if there is none. */
export type FindKey = (key: string) => number;

/** Finds members by their keys as strings, which are created on the first lookup. */
export function findKeyIn(tape: YamlTape, nodes: readonly Node[]): FindKey {
  let numbers: Map<string, number> | undefined;
  return (key) => {
    if (numbers === undefined) {
      numbers = new Map();
      for (const [number, node] of nodes.entries()) {
        const name = keyOf(tape, node);
        if (!numbers.has(name)) numbers.set(name, number);
      }
    }
    return numbers.get(key) ?? MISSING;
  };
}

/**
 * The keys of packages, compared without creating strings: a lockfile has tens of thousands of dependencies, each of
 * which is looked up to check that it resolves. A key is split into name and version, like a dependency. Holds the
 * bytes of the text, so it should live only while reading.
 */
export class KeyTable {
  readonly #tape: YamlTape;
  readonly #both: TextBytes;
  readonly #nodes: readonly Node[];
  readonly #find: FindKey;
  /** The number of characters before a name (a slash), and the separator after it. */
  readonly #before: 0 | 1;
  readonly #joint: number;
  /** Members by the hash of their key: their number + 1, and 0 for none. */
  readonly #slots: Int32Array;
  readonly #hashes: Int32Array;
  /** The free slot for the key that `#probe` did not find, `MISSING` if there is none. */
  #free = MISSING;

  /**
   * `find` finds members by the same keys if the table lacks them, for example because they have escapes or another
   * form.
   */
  constructor(tape: YamlTape, both: TextBytes, style: KeyStyle, nodes: readonly Node[], find: FindKey) {
    const size = 2 ** (32 - Math.clz32(nodes.length * 2 + 1));
    this.#tape = tape;
    this.#both = both;
    this.#nodes = nodes;
    this.#find = find;
    this.#before = style === 9 ? 0 : 1;
    this.#joint = style === 5 ? SLASH : AT;
    this.#slots = new Int32Array(size);
    this.#hashes = new Int32Array(size);
    for (let number = 0; number < nodes.length; number++) this.#insert(number);
  }

  /**
   * Returns the number of the package that a dependency resolves to: the one with the name between the first two
   * offsets and the version between the others, otherwise the one with the complete key there, as for an alias.
   */
  findTarget(nameStart: number, nameEnd: number, start: number, end: number): number {
    const joined = this.#probe(nameStart, nameEnd, start, end);
    if (joined !== MISSING) return joined;
    const joint = this.#jointOf(start, end);
    const whole = joint === MISSING ? MISSING : this.#probe(start + this.#before, joint, joint + 1, end);
    return whole === MISSING ? this.#findByText(nameStart, nameEnd, start, end) : whole;
  }

  #findByText(nameStart: number, nameEnd: number, start: number, end: number): number {
    const { text } = this.#tape;
    const version = text.slice(start, end);
    const name = (this.#before === 0 ? '' : '/') + text.slice(nameStart, nameEnd);
    const joined = this.#find(name + String.fromCharCode(this.#joint) + version);
    return joined === MISSING ? this.#find(version) : joined;
  }

  #insert(number: number): void {
    const { text, records } = this.#tape;
    const node = this.#nodes[number]!;
    const quote = isQuote(this.#both.bytes[records[node]!]!) ? 1 : 0;
    const start = records[node]! + quote;
    const end = records[node + 1]! - quote;
    if (quote === 1 && isEscapedKey(text, start - 1, end + 1)) return;
    const joint = this.#jointOf(start, end);
    if (joint === MISSING || (!this.#both.isAscii && this.#isWide(start, end))) return;
    if (this.#probe(start + this.#before, joint, joint + 1, end) !== MISSING || this.#free === MISSING)
      return;
    this.#slots[this.#free] = number + 1;
    this.#hashes[this.#free] = hashOf(this.#both, start + this.#before, joint, joint + 1, end);
  }

  #probe(nameStart: number, nameEnd: number, start: number, end: number): number {
    const both = this.#both;
    const { bytes } = both;
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = hashOf(both, nameStart, nameEnd, start, end);
    const nameLength = nameEnd - nameStart;
    const before = this.#before;
    const length = before + nameLength + 1 + end - start;
    let slot = hash & mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const number = slots[slot]! - 1;
      if (number === -1) {
        this.#free = slot;
        return MISSING;
      }
      if (this.#hashes[slot] === hash) {
        const node = this.#nodes[number]!;
        const at = this.#tape.records[node]!;
        const quote = isQuote(bytes[at]!) ? 1 : 0;
        const name = at + quote + before;
        const isHit =
          this.#tape.records[node + 1]! - at === length + 2 * quote &&
          bytes[name + nameLength] === this.#joint &&
          isSame(both, nameStart, name, nameLength) &&
          isSame(both, start, name + nameLength + 1, end - start);
        if (isHit) return number;
      }
      slot = (slot + 1) & mask;
    }
    this.#free = MISSING;
    return MISSING;
  }

  /** Returns where the name ends in the key between the two offsets, `MISSING` if it has another form. */
  #jointOf(start: number, end: number): number {
    const { bytes } = this.#both;
    if (this.#before === 1 && bytes[start] !== SLASH) return MISSING;
    const name = start + this.#before;
    let at = name + 1;
    if (this.#joint === SLASH && bytes[name] === AT) {
      while (at < end && bytes[at] !== SLASH) at++;
      at++;
    }
    while (at < end && bytes[at] !== this.#joint) at++;
    return at < end ? at : MISSING;
  }

  #isWide(start: number, end: number): boolean {
    const { bytes } = this.#both;
    for (let at = start; at < end; at++) if (bytes[at] === WIDE) return true;
    return false;
  }
}

const SLASH = 47;
const AT = 64;

/** The limit of probes before a key is looked up in another way; only texts crafted to collide reach it. */
const MOST_PROBES = 32;

/** Hashes both ends of the name and of the version. Keys are compared completely, so it need not read all of one. */
function hashOf(both: TextBytes, nameStart: number, nameEnd: number, start: number, end: number): number {
  const lengths = ((nameEnd - nameStart) << 16) ^ (end - start);
  return mixed(mixed(lengths, endsOf(both, nameStart, nameEnd)), endsOf(both, start, end));
}

function endsOf({ bytes, view }: TextBytes, start: number, end: number): number {
  if (end - start < 4) return end > start ? (bytes[start]! << 8) | bytes[end - 1]! : 0;
  return (
    mixed(view.getInt32(start), view.getInt32(end - 4)) ^ view.getInt32(start + ((end - start - 4) >> 1))
  );
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
