import {
  childrenOf,
  decodeString,
  isObject,
  isString,
  isTrue,
  type JsonTape,
  keyIs,
  locatedString,
  memberOf,
  NONE,
  RECORD,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json-tape.ts';
import type { Located, Span } from '../../text/span.ts';
import { edgesOf } from '../json-edges.ts';
import type { LockEdge, LockEntry, LockSource } from '../lockfile.ts';
import { sourceOfResolved } from './entry-source.ts';
import { type FolderPlace, folderNameOf, lastFolder, OUTSIDE } from './folder-place.ts';

const DEV = 1;
const OPTIONAL = 2;
const PEER = 4;
const BUNDLED = 8;
const SCRIPT = 16;
const LINK = 32;
const EXTRANEOUS = 64;
const SHRINKWRAP = 128;

interface Decoded {
  name: string | undefined;
  source: LockSource | undefined;
  version: Located<string> | undefined;
  resolved: Located<string> | undefined;
  integrity: Located<string> | undefined;
}

/**
 * An entry of `packages` over the tape of its file: it knows where its values stand and decodes them when asked.
 * A class, so that thousands of them share their accessors.
 */
export class NpmLockEntry implements LockEntry {
  readonly key: string;
  readonly place: FolderPlace;
  /** The first value that has another type than npm gives it, `NONE` where all are well. */
  readonly malformed: Token;
  /** The first of its members of this model that stands there once more, `NONE` where none does. */
  readonly repeated: Token;
  /** The object of what it needs, `NONE` where it has none. */
  readonly dependenciesToken: Token;
  readonly #tape: JsonTape;
  readonly #token: Token;
  readonly #nameToken: Token;
  readonly #version: Token;
  readonly #resolved: Token;
  readonly #integrity: Token;
  readonly #flags: number;
  /** What rules ask for again and again. Apart, as most entries of a large file are only read. */
  #decoded: Decoded | undefined;

  /** `token` is the key's; its value is an object. */
  constructor(tape: JsonTape, token: Token, key: string, place: FolderPlace) {
    let name = NONE;
    let version = NONE;
    let resolved = NONE;
    let integrity = NONE;
    let dependencies = NONE;
    let before = NONE;
    let repeated = NONE;
    let flags = 0;
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
    this.key = key;
    this.place = place;
    this.#tape = tape;
    this.#token = token;
    this.#nameToken = stringOrNone(tape, name);
    this.#version = stringOrNone(tape, version);
    this.#resolved = stringOrNone(tape, resolved);
    this.#integrity = stringOrNone(tape, integrity);
    this.#flags = flags;
    this.dependenciesToken = isObject(tape, dependencies) ? dependencies : NONE;
    this.repeated = repeated;
    this.malformed = NONE;
    if (this.#version !== version && !isAbsentValue(tape, version)) this.malformed = version;
    if (this.#resolved !== resolved && !isAbsentValue(tape, resolved)) this.malformed = resolved;
    if (this.#integrity !== integrity && !isAbsentValue(tape, integrity)) this.malformed = integrity;
    if (this.#nameToken !== name && !isAbsentValue(tape, name)) this.malformed = name;
  }

  /** Whether it stands for a folder in node_modules, link or not. */
  get inNodeModules(): boolean {
    return this.place !== OUTSIDE;
  }

  /** Its value. */
  get objectToken(): Token {
    return this.#token + RECORD;
  }

  get keySpan(): Span {
    return tokenSpan(this.#tape, this.#token);
  }

  get span(): Span {
    const { records } = this.#tape;
    return { start: records[this.#token]!, end: records[this.#token + RECORD + 1]! };
  }

  /** npm leaves out a name that is that of the folder. */
  get name(): string {
    const decoded = this.#decode();
    decoded.name ??=
      this.#nameToken === NONE
        ? (folderNameOf(this.key) ?? lastFolder(this.key))
        : decodeString(this.#tape, this.#nameToken);
    return decoded.name;
  }

  get alias(): string | undefined {
    if (this.#nameToken === NONE) return undefined;
    const folder = folderNameOf(this.key);
    return folder === this.name ? undefined : folder;
  }

  get source(): LockSource {
    const decoded = this.#decode();
    decoded.source ??= this.#readSource();
    return decoded.source;
  }

  get version(): Located<string> | undefined {
    const decoded = this.#decode();
    decoded.version ??= this.#located(this.#version);
    return decoded.version;
  }

  get resolved(): Located<string> | undefined {
    const decoded = this.#decode();
    decoded.resolved ??= this.#located(this.#resolved);
    return decoded.resolved;
  }

  get integrity(): Located<string> | undefined {
    const decoded = this.#decode();
    decoded.integrity ??= this.#located(this.#integrity);
    return decoded.integrity;
  }

  /** npm's `link`: a symbolic link to the folder that `resolved` names. */
  get isLink(): boolean {
    return (this.#flags & LINK) !== 0;
  }

  /** Whether it is a member that is gone, whose dependencies are not installed. */
  get isExtraneous(): boolean {
    return (this.#flags & EXTRANEOUS) !== 0;
  }

  /** Whether the package says itself, in a shrinkwrap of its own, what is installed in its folder. */
  get hasShrinkwrap(): boolean {
    return (this.#flags & SHRINKWRAP) !== 0;
  }

  /** Only development dependencies lead here. */
  get dev(): boolean {
    return (this.#flags & DEV) !== 0;
  }

  /** Only optional dependencies lead here, or only they and development ones (`devOptional`). */
  get optional(): boolean {
    return (this.#flags & OPTIONAL) !== 0;
  }

  get peer(): boolean {
    return (this.#flags & PEER) !== 0;
  }

  get bundled(): boolean {
    return (this.#flags & BUNDLED) !== 0;
  }

  get hasInstallScript(): boolean {
    return (this.#flags & SCRIPT) !== 0;
  }

  get deprecated(): string | undefined {
    return this.#string('deprecated');
  }

  get license(): string | undefined {
    const value = this.#member('license');
    if (isObject(this.#tape, value))
      return locatedString(this.#tape, memberOf(this.#tape, value, 'type'))?.value;
    return locatedString(this.#tape, value)?.value;
  }

  get os(): readonly string[] {
    return this.#strings('os');
  }

  get cpu(): readonly string[] {
    return this.#strings('cpu');
  }

  get libc(): readonly string[] {
    return this.#strings('libc');
  }

  /** What npm does not write: its `integrity` is that of the tarball. */
  get checksum(): undefined {
    return undefined;
  }

  get edges(): readonly LockEdge[] {
    const tape = this.#tape;
    return edgesOf(tape, this.#token + RECORD, optionalPeerTest(tape, this.#member('peerDependenciesMeta')));
  }

  #decode(): Decoded {
    this.#decoded ??= {
      name: undefined,
      source: undefined,
      version: undefined,
      resolved: undefined,
      integrity: undefined,
    };
    return this.#decoded;
  }

  #readSource(): LockSource {
    if (this.isLink) return 'link';
    if (!this.inNodeModules) return this.key === '' ? 'root' : 'workspace';
    return sourceOfResolved(this.resolved?.value);
  }

  #located(token: Token): Located<string> | undefined {
    return token === NONE ? undefined : locatedString(this.#tape, token);
  }

  #member(name: string): Token {
    return memberOf(this.#tape, this.#token + RECORD, name);
  }

  #string(name: string): string | undefined {
    return locatedString(this.#tape, this.#member(name))?.value;
  }

  /** A list of strings, which may also be written as one string. */
  #strings(name: string): readonly string[] {
    const value = this.#member(name);
    const tokens = isString(this.#tape, value) ? [value] : [...childrenOf(this.#tape, value)];
    return tokens
      .filter((token) => isString(this.#tape, token))
      .map((token) => decodeString(this.#tape, token));
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

function stringOrNone(tape: JsonTape, value: Token): Token {
  return value !== NONE && isString(tape, value) ? value : NONE;
}

/** `null` and `false`, with which some versions of npm say that there is none. */
function isAbsentValue(tape: JsonTape, value: Token): boolean {
  const { start, end } = tokenSpan(tape, value);
  const word = tape.text.slice(start, end);
  return word === 'null' || word === 'false';
}

/** Tells which peers may be missing, by an object of what is said of each. */
function optionalPeerTest(tape: JsonTape, meta: Token): (name: string) => boolean {
  if (meta === NONE || !isObject(tape, meta)) return () => false;
  const names = new Set<string>();
  for (const key of childrenOf(tape, meta)) {
    if (isTrue(tape, memberOf(tape, valueToken(tape, key), 'optional'))) names.add(decodeString(tape, key));
  }
  return (name) => names.has(name);
}
