import {
  decodeString,
  isObject,
  isString,
  isTrue,
  type JsonTape,
  NONE,
  RECORD,
  type Token,
  tokenSpan,
} from '../../text/json/json-tape.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { standsTwice, wrongType } from './entry-problems.ts';
import { type FolderPlace, OUTSIDE } from './folder-place.ts';
import { isPlainVersion } from './is-plain-version.ts';
import { MemberNames } from './member-names.ts';

export const DEV = 1;
export const OPTIONAL = 2;
export const PEER = 4;
export const BUNDLED = 8;
export const SCRIPT = 16;
export const LINK = 32;
export const EXTRANEOUS = 64;
export const SHRINKWRAP = 128;

/** The fields kept of an entry: the token of its key, those of its values or `NONE`, then its flags and its place. */
export const [TOKEN, NAME, VERSION, RESOLVED, INTEGRITY, DEPENDENCIES, FLAGS, PLACE] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;
const NUMBERS = 8;

const NO_NUMBERS: ReadonlySet<number> = new Set();
const NO_KEYS: ReadonlySet<string> = new Set();

export type EntryField =
  | typeof TOKEN
  | typeof NAME
  | typeof VERSION
  | typeof RESOLVED
  | typeof INTEGRITY
  | typeof DEPENDENCIES
  | typeof FLAGS
  | typeof PLACE;

/**
 * The positions of the values of all entries of `packages`. In one array: as members of tens of thousands of objects,
 * the garbage collector would move them twice while a large file is read.
 */
export class EntryFields {
  readonly tape: JsonTape;
  /** Whether the text came from an edit: then extracted strings are kept for later edits, and the text is not. */
  readonly isEdited: boolean;
  /**
   * Returns the entries bundled by packages around them. Set by the reader, because an entry does not know the others.
   */
  bundled: () => ReadonlySet<number> = () => NO_NUMBERS;
  /** Returns the folders that links lead to. Also set by the reader. */
  linked: () => ReadonlySet<string> = () => NO_KEYS;
  readonly #numbers: Int32Array;
  readonly #problems: LockProblem[];
  /** The entries in node_modules without a version of three plain numbers, which need a closer look: there are few. */
  readonly unplainVersions = new Set<number>();
  #end = 0;

  /**
   * @param most an upper limit for the number of entries
   * @param problems collects the problems of entries
   */
  constructor(tape: JsonTape, most: number, problems: LockProblem[], before?: EntryFields) {
    this.tape = tape;
    this.isEdited = before !== undefined;
    this.#numbers = before === undefined ? new Int32Array(NUMBERS * most) : before.#numbers.slice();
    this.#problems = problems;
  }

  /**
   * Returns the fields after an edit within an entry's value, which is read again.
   * @param entry its number
   */
  edited(entry: number, tape: JsonTape, problems: LockProblem[]): EntryFields {
    const next = new EntryFields(tape, 0, problems, this);
    const numbers = next.#numbers;
    next.#end = this.#end;
    for (const other of this.unplainVersions) if (other !== entry) next.unplainVersions.add(other);
    const shift = tape.end - this.tape.end;
    if (shift !== 0) {
      for (let other = NUMBERS * (entry + 1); other < this.#end; other += NUMBERS) {
        for (let field = TOKEN; field <= DEPENDENCIES; field++) {
          if (numbers[other + field] !== NONE) numbers[other + field] = numbers[other + field]! + shift;
        }
      }
    }
    next.#read(NUMBERS * entry, this.get(entry, TOKEN), this.get(entry, PLACE) as FolderPlace);
    return next;
  }

  /** The capacity for entries. */
  get most(): number {
    return this.#numbers.length / NUMBERS;
  }

  /** The number of entries. */
  get count(): number {
    return this.#end / NUMBERS;
  }

  /** @param entry its number */
  get(entry: number, field: EntryField): number {
    return this.#numbers[NUMBERS * entry + field]!;
  }

  /**
   * Reads an entry, and returns its number.
   * @param token the token of the key; its value is an object
   */
  add(token: Token, place: FolderPlace): number {
    const at = this.#end;
    this.#end += NUMBERS;
    this.#read(at, token, place);
    return at / NUMBERS;
  }

  #read(at: number, token: Token, place: FolderPlace): void {
    const { tape } = this;
    const { text, records } = tape;
    const numbers = this.#numbers;
    for (let field = at + NAME; field <= at + DEPENDENCIES; field++) numbers[field] = NONE;
    const object = token + RECORD;
    const end = records[object + 2]!;
    const escaped = tape.escapedKeys.size > 0;
    let flags = 0;
    let repeated = NONE;
    for (let member = object + RECORD; member < end; member = records[member + 2]!) {
      const value = member + RECORD;
      if (records[member + 2] === value) continue;
      const start = records[member]! + 1;
      const what =
        escaped && tape.escapedKeys.has(member)
          ? MEMBERS.of(decodeString(tape, member))
          : MEMBERS.at(text, start, records[member + 1]! - start - 1);
      if (what < 0) {
        // Two members share the flag of optional packages.
        if ((flags & -what) !== 0 && what !== -OPTIONAL && repeated === NONE) repeated = member;
        if (isTrue(tape, value)) flags |= -what;
      } else if (what > 0) {
        if (numbers[at + what] !== NONE && repeated === NONE) repeated = member;
        numbers[at + what] = value;
      }
    }
    numbers[at + TOKEN] = token;
    const problemsBefore = this.#problems.length;
    for (let field = at + NAME; field <= at + INTEGRITY; field++) {
      if (numbers[field] !== NONE) numbers[field] = this.#stringOrNone(numbers[field]!);
    }
    const isInstalled = place !== OUTSIDE && (flags & LINK) === 0 && this.#problems.length === problemsBefore;
    if (isInstalled && !isPlainVersion(tape, numbers[at + VERSION]!)) this.unplainVersions.add(at / NUMBERS);
    if (!isObject(tape, numbers[at + DEPENDENCIES]!)) numbers[at + DEPENDENCIES] = NONE;
    numbers[at + FLAGS] = flags;
    numbers[at + PLACE] = place;
    if (repeated !== NONE) this.#problems.push(standsTwice(tape, repeated));
  }

  /** A value of another type than npm writes counts as absent. */
  #stringOrNone(value: Token): Token {
    if (isString(this.tape, value)) return value;
    if (!isAbsentValue(this.tape, value)) this.#problems.push(wrongType(this.tape, value));
    return NONE;
  }
}

/** Members that are kept: fields, and negated flags. */
const MEMBERS = new MemberNames([
  ['name', NAME],
  ['version', VERSION],
  ['resolved', RESOLVED],
  ['integrity', INTEGRITY],
  ['dependencies', DEPENDENCIES],
  ['dev', -DEV],
  ['optional', -OPTIONAL],
  ['devOptional', -OPTIONAL],
  ['peer', -PEER],
  ['inBundle', -BUNDLED],
  ['hasInstallScript', -SCRIPT],
  ['link', -LINK],
  ['extraneous', -EXTRANEOUS],
  ['hasShrinkwrap', -SHRINKWRAP],
]);

/** Checks for `null` and `false`, which some versions of npm write for absent values. */
export function isAbsentValue(tape: JsonTape, value: Token): boolean {
  const { start, end } = tokenSpan(tape, value);
  const word = tape.text.slice(start, Math.min(end, start + 6));
  return word === 'null' || word === 'false';
}
