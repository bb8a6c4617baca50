import {
  decodeString,
  isObject,
  isString,
  isTrue,
  type JsonTape,
  locatedString,
  memberOf,
  NONE,
  nextSibling,
  RECORD,
  type Token,
  tokenSpan,
} from '../../text/json-tape.ts';
import type { Located, Span } from '../../text/span.ts';
import { appendEdges } from '../json-edges.ts';
import type { LockEdge, LockEntry, LockSource } from '../lockfile.ts';
import {
  addressInFrom,
  readV1Version,
  sourceOfAddress,
  type V1Version,
  versionInTarball,
} from './v1-source.ts';

/** The members of an entry; those that are true or not there are flags. */
const [OTHER, DEV, OPTIONAL, BUNDLED] = [0, 1, 2, 4] as const;
const [VERSION, RESOLVED, INTEGRITY, REQUIRES, DEPENDENCIES] = [8, 16, 32, 64, 128] as const;

/**
 * An entry of nested `dependencies` over the tape of its file: it knows where its values stand and decodes them when
 * asked. A class, so that thousands of them share their accessors.
 */
export class NpmV1Entry implements LockEntry {
  /** The key as written: the folder it is installed in, below that of its parent. */
  readonly folder: string;
  /** The entry that it is nested in; undefined for one of the root's. */
  readonly parent: NpmV1Entry | undefined;
  /** What is nested in it, by folder; undefined where nothing is. */
  nested: Map<string, NpmV1Entry> | undefined;
  /** The object of what is nested in it, `NONE` where it has none. */
  readonly nestedToken: Token;
  /** The first value that has another type than npm gives it, `NONE` where all are well. */
  readonly malformed: Token;
  /** The last key of a member that stands twice, `NONE` where none does. */
  readonly repeated: Token;
  readonly #tape: JsonTape;
  readonly #token: Token;
  readonly #version: Token;
  readonly #resolved: Token;
  readonly #integrity: Token;
  readonly #requires: Token;
  readonly #flags: number;
  #read: V1Version | undefined;
  #source: LockSource | undefined;
  #key: string | undefined;

  /** `token` is the key's; its value is an object. */
  constructor(tape: JsonTape, token: Token, folder: string, parent: NpmV1Entry | undefined) {
    let version = NONE;
    let resolved = NONE;
    let integrity = NONE;
    let requires = NONE;
    let nested = NONE;
    let flags = 0;
    let seen = 0;
    let repeated = NONE;
    const object = token + RECORD;
    const end = nextSibling(tape, object);
    for (let member = object + RECORD; member < end; member = nextSibling(tape, member)) {
      if (nextSibling(tape, member) === member + RECORD) continue;
      const value = member + RECORD;
      const name = nameOf(tape, member);
      if ((seen & name) !== 0) repeated = member;
      seen |= name;
      if (name === VERSION) version = value;
      else if (name === RESOLVED) resolved = value;
      else if (name === INTEGRITY) integrity = value;
      else if (name === REQUIRES) requires = value;
      else if (name === DEPENDENCIES) nested = value;
      else flags |= isTrue(tape, value) ? name : 0;
    }
    this.folder = folder;
    this.parent = parent;
    this.nested = undefined;
    this.#tape = tape;
    this.#token = token;
    this.#version = stringOrNone(tape, version);
    this.#resolved = stringOrNone(tape, resolved);
    this.#integrity = stringOrNone(tape, integrity);
    this.#requires = isObject(tape, requires) ? requires : NONE;
    this.nestedToken = isObject(tape, nested) ? nested : NONE;
    this.#flags = flags;
    this.repeated = repeated;
    this.malformed = NONE;
    if (this.#version !== version && !isAbsentValue(tape, version)) this.malformed = version;
    if (this.#resolved !== resolved && !isAbsentValue(tape, resolved)) this.malformed = resolved;
    if (this.#integrity !== integrity && !isAbsentValue(tape, integrity)) this.malformed = integrity;
    if (this.#requires !== requires && !isAbsentValue(tape, requires) && !isTrue(tape, requires)) {
      this.malformed = requires;
    }
    if (this.nestedToken !== nested && !isAbsentValue(tape, nested)) this.malformed = nested;
  }

  /** The path that later versions of npm write: `node_modules/a/node_modules/b`. Unique in its file. */
  get key(): string {
    this.#key ??=
      this.parent === undefined
        ? `node_modules/${this.folder}`
        : `${this.parent.key}/node_modules/${this.folder}`;
    return this.#key;
  }

  get keySpan(): Span {
    return tokenSpan(this.#tape, this.#token);
  }

  get keyToken(): Token {
    return this.#token;
  }

  /** With all that is nested in it. */
  get span(): Span {
    const { records } = this.#tape;
    return { start: records[this.#token]!, end: records[this.#token + RECORD + 1]! };
  }

  get name(): string {
    const read = this.#versionKind();
    return read?.kind === 'alias'
      ? decodeString(this.#tape, this.#version).slice('npm:'.length, read.at)
      : this.folder;
  }

  get alias(): string | undefined {
    return this.name === this.folder ? undefined : this.folder;
  }

  /** Of an alias the part behind the name, of an address that of the tarball's name, undefined where it has none. */
  get version(): Located<string> | undefined {
    const read = this.#versionKind();
    if (read === undefined) return undefined;
    const located = locatedString(this.#tape, this.#version)!;
    if (read.kind === 'version') return located;
    const { value, span } = located;
    const part =
      read.kind === 'alias'
        ? { start: read.at + 1, end: value.length }
        : versionInTarball(this.folder, value);
    if (part === undefined) return undefined;
    const start = span.start + 1;
    const isPlain = this.#tape.text.startsWith(value, start);
    return {
      value: value.slice(part.start, part.end),
      span: isPlain ? { start: start + part.start, end: start + part.end } : span,
    };
  }

  /** The address, whether it stands in `resolved` or in `version`. */
  get resolved(): Located<string> | undefined {
    const resolved = this.#located(this.#resolved);
    if (resolved !== undefined || this.#versionKind()?.kind !== 'address') return resolved;
    return this.#located(this.#version);
  }

  get integrity(): Located<string> | undefined {
    return this.#located(this.#integrity);
  }

  /** What npm 2 to 6 were asked for: `name@specifier`, or an address. */
  get from(): Located<string> | undefined {
    return locatedString(this.#tape, memberOf(this.#tape, this.#token + RECORD, 'from'));
  }

  get source(): LockSource {
    if (this.#source === undefined) {
      const from = this.resolved === undefined ? this.from?.value : undefined;
      const address =
        this.resolved?.value ?? (from === undefined ? undefined : addressInFrom(this.folder, from));
      this.#source = sourceOfAddress(address);
    }
    return this.#source;
  }

  get dev(): boolean {
    return (this.#flags & DEV) !== 0;
  }

  get optional(): boolean {
    return (this.#flags & OPTIONAL) !== 0;
  }

  get bundled(): boolean {
    return (this.#flags & BUNDLED) !== 0;
  }

  /** What `requires` names, as far as npm recorded it; of which section, it did not. */
  get edges(): readonly LockEdge[] {
    const edges: LockEdge[] = [];
    appendEdges(this.#tape, 'dependencies', this.#requires, edges, () => false);
    return edges;
  }

  /** The object of what it needs, `NONE` where it has none. */
  get requiresToken(): Token {
    return this.#requires;
  }

  /** Whether it has `requires`, if only an empty one. */
  get recordsEdges(): boolean {
    return this.#requires !== NONE;
  }

  // What the format does not record. Getters, as every field is one more in each of thousands of entries.
  get peer(): boolean {
    return false;
  }

  get hasInstallScript(): boolean {
    return false;
  }

  get checksum(): undefined {
    return undefined;
  }

  get deprecated(): undefined {
    return undefined;
  }

  get license(): undefined {
    return undefined;
  }

  get os(): readonly string[] {
    return [];
  }

  get cpu(): readonly string[] {
    return [];
  }

  get libc(): readonly string[] {
    return [];
  }

  #versionKind(): V1Version | undefined {
    if (this.#version === NONE) return undefined;
    this.#read ??= readV1Version(decodeString(this.#tape, this.#version));
    return this.#read;
  }

  #located(token: Token): Located<string> | undefined {
    return token === NONE ? undefined : locatedString(this.#tape, token);
  }
}

/** Which member a key is of. Its length says it nearly, so that nothing is cut out of the text. */
function nameOf(tape: JsonTape, member: Token): number {
  if (tape.escapedKeys.size > 0 && tape.escapedKeys.has(member)) {
    return NAMES.get(decodeString(tape, member)) ?? OTHER;
  }
  const { text, records } = tape;
  const start = records[member]! + 1;
  switch (records[member + 1]! - start - 1) {
    case 3:
      return text.startsWith('dev', start) ? DEV : OTHER;
    case 7:
      if (text.startsWith('version', start)) return VERSION;
      return text.startsWith('bundled', start) ? BUNDLED : OTHER;
    case 8:
      if (text.startsWith('resolved', start)) return RESOLVED;
      if (text.startsWith('requires', start)) return REQUIRES;
      return text.startsWith('optional', start) ? OPTIONAL : OTHER;
    case 9:
      return text.startsWith('integrity', start) ? INTEGRITY : OTHER;
    case 12:
      return text.startsWith('dependencies', start) ? DEPENDENCIES : OTHER;
    default:
      return OTHER;
  }
}

const NAMES: ReadonlyMap<string, number> = new Map([
  ['dev', DEV],
  ['version', VERSION],
  ['bundled', BUNDLED],
  ['resolved', RESOLVED],
  ['requires', REQUIRES],
  ['optional', OPTIONAL],
  ['integrity', INTEGRITY],
  ['dependencies', DEPENDENCIES],
]);

function stringOrNone(tape: JsonTape, value: Token): Token {
  return value !== NONE && isString(tape, value) ? value : NONE;
}

/** `null` and `false`, with which some versions of npm say that there is none. */
function isAbsentValue(tape: JsonTape, value: Token): boolean {
  const { start, end } = tokenSpan(tape, value);
  const word = tape.text.slice(start, Math.min(end, start + 6));
  return word === 'null' || word === 'false';
}
