import { isSame, type TextBytes, WIDE } from '../../text/text-bytes.ts';
import type { KeyStyle } from './pnpm-keys.ts';
import { isEscapedKey, isQuote } from './yaml-lexis.ts';
import { keyOf, type Node, type YamlTape } from './yaml-tape.ts';

/** What is given for a key that is not there. */
export const MISSING = -1;

/** The number of the member with this key, of several the first; `MISSING` where there is none. */
export type FindKey = (key: string) => number;

/** Finds members by their keys as strings, which are made with the first question. */
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
 * The keys of packages by what they are, without making strings of them: a lockfile has some ten thousand dependencies,
 * each of which is looked up to see that it leads somewhere. A key is taken as two pieces, a name and a version, as a
 * dependency has these two. It holds the bytes of the text, and so is for the time of reading.
 */
export class KeyTable {
  readonly #tape: YamlTape;
  readonly #both: TextBytes;
  readonly #nodes: readonly Node[];
  readonly #find: FindKey;
  /** How many characters stand before a name (a slash), and what stands behind it. */
  readonly #before: 0 | 1;
  readonly #joint: number;
  /** Members by the hash of their key: their number + 1, and 0 for none. */
  readonly #slots: Int32Array;
  readonly #hashes: Int32Array;
  /** Where the key belongs that `#probe` looked for in vain, `MISSING` where there is no place for it. */
  #free = MISSING;

  /** `find` finds members by the same keys, for those that the table has not: such as have escapes, or other forms. */
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
   * The number of the package that a dependency leads to: the one with the name that stands between the first two places
   * and the version between the others, else the one whose whole key stands there, as for an alias.
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

  /** Where the name ends of the key between the two places, `MISSING` where it is of another form. */
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

/** So many places are looked at before a key is looked for in another way; texts made to collide come to that. */
const MOST_PROBES = 32;

/** Of both ends of the name and of the version. Keys are compared wholly, so that it need not know all of one. */
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
