import {
  decodeString,
  isObject,
  isString,
  isTrue,
  type JsonTape,
  NONE,
  RECORD,
  type Token,
} from '../../text/json/json-tape.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { isAbsentValue } from '../npm/entry-fields.ts';
import { standsTwice, wrongType } from '../npm/entry-problems.ts';
import { isPlainVersion } from '../npm/is-plain-version.ts';
import { MemberNames } from '../npm/member-names.ts';

export const DEV = 1;
export const OPTIONAL = 2;
export const BUNDLED = 4;

/**
 * The fields kept of an entry: the token of its key, those of its values or `NONE`, its flags, and its parent entry.
 */
export const [TOKEN, VERSION, RESOLVED, INTEGRITY, REQUIRES, NESTED, FLAGS, PARENT] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;
const NUMBERS = 8;

export type NestedField =
  | typeof TOKEN
  | typeof VERSION
  | typeof RESOLVED
  | typeof INTEGRITY
  | typeof REQUIRES
  | typeof NESTED
  | typeof FLAGS
  | typeof PARENT;

/** The parent of top-level entries. */
export const PROJECT = -1;

/** The parent of a linked folder outside of the project and of every other folder of the file. */
export const OUTSIDE = -2;

const MEMBERS = new MemberNames([
  ['version', VERSION],
  ['resolved', RESOLVED],
  ['integrity', INTEGRITY],
  ['requires', REQUIRES],
  ['dependencies', NESTED],
  ['dev', -DEV],
  ['optional', -OPTIONAL],
  ['bundled', -BUNDLED],
]);

/**
 * The positions of the values of all entries of nested `dependencies`, in one array: thousands of objects would cost
 * more than reading the text.
 */
export class NestedFields {
  readonly tape: JsonTape;
  /** The entries without a version of three plain numbers, which need a closer look: there are few. */
  readonly unplainVersions = new Set<number>();
  /** Those with a value of a type that npm does not write. */
  readonly mistyped = new Set<number>();
  readonly #problems: LockProblem[];
  #numbers = new Int32Array(NUMBERS * 256);
  #end = 0;

  /** @param problems collects the problems of entries */
  constructor(tape: JsonTape, problems: LockProblem[]) {
    this.tape = tape;
    this.#problems = problems;
  }

  /** The number of entries. */
  get count(): number {
    return this.#end / NUMBERS;
  }

  /** @param entry its number */
  get(entry: number, field: NestedField): number {
    return this.#numbers[NUMBERS * entry + field]!;
  }

  /**
   * Reads an entry, and returns its number.
   * @param token the token of the key; its value is an object
   * @param parent the number of the parent entry, or `PROJECT`
   */
  add(token: Token, parent: number): number {
    const at = this.#grow();
    const { tape } = this;
    const { text, records, escapedKeys } = tape;
    const numbers = this.#numbers;
    for (let field = at + VERSION; field <= at + NESTED; field++) numbers[field] = NONE;
    const object = token + RECORD;
    const end = records[object + 2]!;
    let flags = 0;
    let seen = 0;
    let repeated = NONE;
    for (let member = object + RECORD; member < end; member = records[member + 2]!) {
      const value = member + RECORD;
      if (records[member + 2] === value) continue;
      const start = records[member]! + 1;
      const what =
        escapedKeys.size > 0 && escapedKeys.has(member)
          ? MEMBERS.of(decodeString(tape, member))
          : MEMBERS.at(text, start, records[member + 1]! - start - 1);
      if (what < 0) {
        if ((seen & -what) !== 0) repeated = member;
        seen |= -what;
        if (isTrue(tape, value)) flags |= -what;
      } else if (what > 0) {
        if (numbers[at + what] !== NONE) repeated = member;
        numbers[at + what] = value;
      }
    }
    numbers[at + TOKEN] = token;
    numbers[at + FLAGS] = flags;
    numbers[at + PARENT] = parent;
    const problemsBefore = this.#problems.length;
    for (let field = at + VERSION; field <= at + NESTED; field++) {
      const value = numbers[field]!;
      if (value !== NONE && !this.#isOfType(field - at, value)) numbers[field] = NONE;
    }
    if (this.#problems.length > problemsBefore) this.mistyped.add(at / NUMBERS);
    if (!isPlainVersion(tape, numbers[at + VERSION]!)) this.unplainVersions.add(at / NUMBERS);
    if (repeated !== NONE) this.#problems.push(standsTwice(tape, repeated));
    return at / NUMBERS;
  }

  /**
   * Adds the place of a linked folder, which contains packages but is not an entry. Its parent is set once all are
   * known.
   */
  addFolder(): number {
    const at = this.#grow();
    for (let field = at; field < at + FLAGS; field++) this.#numbers[field] = NONE;
    this.#numbers[at + PARENT] = PROJECT;
    return at / NUMBERS;
  }

  setParent(entry: number, parent: number): void {
    this.#numbers[NUMBERS * entry + PARENT] = parent;
  }

  #grow(): number {
    const at = this.#end;
    this.#end += NUMBERS;
    if (this.#end > this.#numbers.length) {
      const larger = new Int32Array(2 * this.#numbers.length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    return at;
  }

  /** A value of another type than npm writes counts as absent. */
  #isOfType(field: number, value: Token): boolean {
    const { tape } = this;
    const isIt = field === REQUIRES || field === NESTED ? isObject(tape, value) : isString(tape, value);
    if (isIt || isAbsentValue(tape, value) || (field === REQUIRES && isTrue(tape, value))) return isIt;
    this.#problems.push(wrongType(tape, value));
    return false;
  }
}
