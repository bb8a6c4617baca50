import {
  decodeString,
  isObject,
  isString,
  isTrue,
  type JsonTape,
  keyIs,
  NONE,
  RECORD,
  type Token,
  tokenSpan,
} from '../../text/json-tape.ts';
import type { LockProblem } from '../lockfile.ts';
import type { FolderPlace } from './folder-place.ts';

export const DEV = 1;
export const OPTIONAL = 2;
export const PEER = 4;
export const BUNDLED = 8;
export const SCRIPT = 16;
export const LINK = 32;
export const EXTRANEOUS = 64;
export const SHRINKWRAP = 128;

/** What is kept of an entry: its key's token, then those of its values or `NONE`, then its flags and its place. */
export const [TOKEN, NAME, VERSION, RESOLVED, INTEGRITY, DEPENDENCIES, FLAGS, PLACE] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;
const NUMBERS = 8;

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
 * Where the values of all entries of `packages` stand. All in one array: as members of ten thousands of objects, the
 * collector would move them twice while a large file is read.
 */
export class EntryFields {
  readonly tape: JsonTape;
  /** Whether the text came from an edit: then what is cut out of it is kept through the next ones, and the text is not. */
  readonly isEdited: boolean;
  readonly #numbers: Int32Array;
  readonly #problems: LockProblem[];
  #end = 0;

  /**
   * @param most how many entries will be added, or more
   * @param problems takes what is wrong with them
   */
  constructor(tape: JsonTape, most: number, problems: LockProblem[], before?: EntryFields) {
    this.tape = tape;
    this.isEdited = before !== undefined;
    this.#numbers = before === undefined ? new Int32Array(NUMBERS * most) : before.#numbers.slice();
    this.#problems = problems;
  }

  /**
   * The fields after an edit within an entry's value, which is read again.
   * @param entry its number
   */
  edited(entry: number, tape: JsonTape, problems: LockProblem[]): EntryFields {
    const next = new EntryFields(tape, 0, problems, this);
    const numbers = next.#numbers;
    next.#end = this.#end;
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

  /** How many entries there are. */
  get count(): number {
    return this.#end / NUMBERS;
  }

  /** @param entry its number */
  get(entry: number, field: EntryField): number {
    return this.#numbers[NUMBERS * entry + field]!;
  }

  /**
   * Reads an entry, and gives its number.
   * @param token the key's; its value is an object
   */
  add(token: Token, place: FolderPlace): number {
    const at = this.#end;
    this.#end += NUMBERS;
    this.#read(at, token, place);
    return at / NUMBERS;
  }

  #read(at: number, token: Token, place: FolderPlace): void {
    let name = NONE;
    let version = NONE;
    let resolved = NONE;
    let integrity = NONE;
    let dependencies = NONE;
    let before = NONE;
    let repeated = NONE;
    let flags = 0;
    const { tape } = this;
    const { text, records } = tape;
    const object = token + RECORD;
    const end = records[object + 2]!;
    const escaped = tape.escapedKeys.size > 0;
    for (let member = object + RECORD; member < end; member = records[member + 2]!) {
      const start = records[member]! + 1;
      // An escaped key is longer than its name; it may have any length.
      const length = escaped && tape.escapedKeys.has(member) ? 0 : records[member + 1]! - start - 1;
      if (records[member + 2]! === member + RECORD) continue;
      const value = member + RECORD;
      before = NONE;
      // Looked at first, as it costs much less than the rest of the name.
      const first = text.charCodeAt(start);
      switch (length) {
        case 0:
          if (keyIs(tape, member, 'name')) name = value;
          else if (keyIs(tape, member, 'version')) version = value;
          else if (keyIs(tape, member, 'resolved')) resolved = value;
          else if (keyIs(tape, member, 'integrity')) integrity = value;
          else if (keyIs(tape, member, 'dependencies')) dependencies = value;
          else flags = withFlag(tape, flags, flagOf(decodeString(tape, member)), value);
          break;
        case 3:
          if (first === 100 && text.startsWith('dev', start)) flags = withFlag(tape, flags, DEV, value);
          break;
        case 4:
          if (text.startsWith('name', start)) {
            before = name;
            name = value;
          } else if (text.startsWith('peer', start)) flags = withFlag(tape, flags, PEER, value);
          else if (text.startsWith('link', start)) flags = withFlag(tape, flags, LINK, value);
          break;
        case 7:
          if (first === 118 && text.startsWith('version', start)) {
            before = version;
            version = value;
          }
          break;
        case 8:
          if (text.startsWith('resolved', start)) {
            before = resolved;
            resolved = value;
          } else if (text.startsWith('optional', start)) flags = withFlag(tape, flags, OPTIONAL, value);
          else if (text.startsWith('inBundle', start)) flags = withFlag(tape, flags, BUNDLED, value);
          break;
        case 9:
          if (first === 105 && text.startsWith('integrity', start)) {
            before = integrity;
            integrity = value;
          }
          break;
        case 10:
          if (first === 101 && text.startsWith('extraneous', start))
            flags = withFlag(tape, flags, EXTRANEOUS, value);
          break;
        case 11:
          if (first === 100 && text.startsWith('devOptional', start))
            flags = withFlag(tape, flags, OPTIONAL, value);
          break;
        case 12:
          if (text.startsWith('dependencies', start)) {
            before = dependencies;
            dependencies = value;
          }
          break;
        case 13:
          if (first === 104 && text.startsWith('hasShrinkwrap', start))
            flags = withFlag(tape, flags, SHRINKWRAP, value);
          break;
        case 16:
          if (first === 104 && text.startsWith('hasInstallScript', start))
            flags = withFlag(tape, flags, SCRIPT, value);
          break;
      }
      if (before !== NONE && repeated === NONE) repeated = member;
    }
    const numbers = this.#numbers;
    numbers[at + TOKEN] = token;
    numbers[at + NAME] = this.#stringOrNone(name);
    numbers[at + VERSION] = this.#stringOrNone(version);
    numbers[at + RESOLVED] = this.#stringOrNone(resolved);
    numbers[at + INTEGRITY] = this.#stringOrNone(integrity);
    numbers[at + DEPENDENCIES] = isObject(tape, dependencies) ? dependencies : NONE;
    numbers[at + FLAGS] = flags;
    numbers[at + PLACE] = place;
    if (repeated !== NONE) {
      const message = `"${decodeString(tape, repeated)}" stands twice, and npm takes the last`;
      this.#problems.push({ kind: 'duplicate', message, span: tokenSpan(tape, repeated) });
    }
  }

  /** A value of another type than npm gives it counts as none. */
  #stringOrNone(value: Token): Token {
    if (value === NONE || isString(this.tape, value)) return value;
    if (!isAbsentValue(this.tape, value)) {
      this.#problems.push({ message: 'this value has the wrong type', span: tokenSpan(this.tape, value) });
    }
    return NONE;
  }
}

function flagOf(name: string): number {
  switch (name) {
    case 'dev':
      return DEV;
    case 'optional':
    case 'devOptional':
      return OPTIONAL;
    case 'peer':
      return PEER;
    case 'inBundle':
      return BUNDLED;
    case 'hasInstallScript':
      return SCRIPT;
    case 'link':
      return LINK;
    case 'extraneous':
      return EXTRANEOUS;
    case 'hasShrinkwrap':
      return SHRINKWRAP;
    default:
      return 0;
  }
}

function withFlag(tape: JsonTape, flags: number, flag: number, value: Token): number {
  return flag !== 0 && isTrue(tape, value) ? flags | flag : flags;
}

/** `null` and `false`, with which some versions of npm say that there is none. */
function isAbsentValue(tape: JsonTape, value: Token): boolean {
  const { start, end } = tokenSpan(tape, value);
  const word = tape.text.slice(start, end);
  return word === 'null' || word === 'false';
}
