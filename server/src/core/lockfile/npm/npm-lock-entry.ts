import {
  childrenOf,
  decodeString,
  isObject,
  isString,
  isTrue,
  type JsonTape,
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
import {
  BUNDLED,
  DEPENDENCIES,
  DEV,
  type EntryField,
  type EntryFields,
  EXTRANEOUS,
  FLAGS,
  INTEGRITY,
  LINK,
  NAME,
  OPTIONAL,
  PEER,
  PLACE,
  RESOLVED,
  SCRIPT,
  SHRINKWRAP,
  TOKEN,
  VERSION,
} from './entry-fields.ts';
import { sourceOfResolved } from './entry-source.ts';
import { type FolderPlace, folderNameOf, lastFolder, OUTSIDE } from './folder-place.ts';

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
  readonly #fields: EntryFields;
  /** Its place among the fields. */
  readonly #at: number;
  /** What rules ask for again and again. Apart, as most entries of a large file are only read. */
  #decoded: Decoded | undefined;

  constructor(fields: EntryFields, at: number, key: string) {
    this.key = key;
    this.#fields = fields;
    this.#at = at;
  }

  get place(): FolderPlace {
    return this.#get(PLACE) as FolderPlace;
  }

  /** Whether it stands for a folder in node_modules, link or not. */
  get inNodeModules(): boolean {
    return this.place !== OUTSIDE;
  }

  /** Its value. */
  get objectToken(): Token {
    return this.#get(TOKEN) + RECORD;
  }

  /** The object of what it needs, `NONE` where it has none. */
  get dependenciesToken(): Token {
    return this.#get(DEPENDENCIES);
  }

  get keySpan(): Span {
    return tokenSpan(this.#tape, this.#get(TOKEN));
  }

  get span(): Span {
    const { records } = this.#tape;
    const token = this.#get(TOKEN);
    return { start: records[token]!, end: records[token + RECORD + 1]! };
  }

  /** npm leaves out a name that is that of the folder. */
  get name(): string {
    const decoded = this.#decode();
    if (decoded.name === undefined) {
      const token = this.#get(NAME);
      decoded.name =
        token === NONE ? (folderNameOf(this.key) ?? lastFolder(this.key)) : decodeString(this.#tape, token);
    }
    return decoded.name;
  }

  get alias(): string | undefined {
    if (this.#get(NAME) === NONE) return undefined;
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
    decoded.version ??= this.#located(VERSION);
    return decoded.version;
  }

  get resolved(): Located<string> | undefined {
    const decoded = this.#decode();
    decoded.resolved ??= this.#located(RESOLVED);
    return decoded.resolved;
  }

  get integrity(): Located<string> | undefined {
    const decoded = this.#decode();
    decoded.integrity ??= this.#located(INTEGRITY);
    return decoded.integrity;
  }

  /** npm's `link`: a symbolic link to the folder that `resolved` names. */
  get isLink(): boolean {
    return this.#has(LINK);
  }

  /** Whether it is a member that is gone, whose dependencies are not installed. */
  get isExtraneous(): boolean {
    return this.#has(EXTRANEOUS);
  }

  /** Whether the package says itself, in a shrinkwrap of its own, what is installed in its folder. */
  get hasShrinkwrap(): boolean {
    return this.#has(SHRINKWRAP);
  }

  /** Only development dependencies lead here. */
  get dev(): boolean {
    return this.#has(DEV);
  }

  /** Only optional dependencies lead here, or only they and development ones (`devOptional`). */
  get optional(): boolean {
    return this.#has(OPTIONAL);
  }

  get peer(): boolean {
    return this.#has(PEER);
  }

  get bundled(): boolean {
    return this.#has(BUNDLED);
  }

  get hasInstallScript(): boolean {
    return this.#has(SCRIPT);
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
    return edgesOf(tape, this.objectToken, optionalPeerTest(tape, this.#member('peerDependenciesMeta')));
  }

  get #tape(): JsonTape {
    return this.#fields.tape;
  }

  #get(field: EntryField): number {
    return this.#fields.get(this.#at, field);
  }

  #has(flag: number): boolean {
    return (this.#get(FLAGS) & flag) !== 0;
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

  #located(field: EntryField): Located<string> | undefined {
    const token = this.#get(field);
    return token === NONE ? undefined : locatedString(this.#tape, token);
  }

  #member(name: string): Token {
    return memberOf(this.#tape, this.objectToken, name);
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

/** Tells which peers may be missing, by an object of what is said of each. */
function optionalPeerTest(tape: JsonTape, meta: Token): (name: string) => boolean {
  if (meta === NONE || !isObject(tape, meta)) return () => false;
  const names = new Set<string>();
  for (const key of childrenOf(tape, meta)) {
    if (isTrue(tape, memberOf(tape, valueToken(tape, key), 'optional'))) names.add(decodeString(tape, key));
  }
  return (name) => names.has(name);
}
