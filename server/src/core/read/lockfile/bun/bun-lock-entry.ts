import {
  decodeString,
  isTrue,
  type JsonTape,
  locatedString,
  memberOf,
  NONE,
  RECORD,
  type Token,
  tokenSpan,
} from '../../text/json/json-tape.ts';
import type { Located, Span } from '../../text/span.ts';
import { edgesOf } from '../model/json-edges.ts';
import type { LockEdge, LockEntry, LockSource } from '../model/lockfile.ts';
import type { Reach } from '../model/reach.ts';
import { type EntryDetails, NO_DETAILS } from '../record/entry-details.ts';
import { binIn, othersIn, valueText } from '../record/json-details.ts';
import { bunSource } from './bun-source.ts';
import { folderOfPath } from './package-path.ts';
import type { Resolution } from './resolution.ts';
import { stringsOf } from './strings-of.ts';

const WRITTEN: ReadonlySet<string> = new Set([
  ...['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'optionalPeers', 'bin'],
  ...['binDir', 'os', 'cpu', 'libc', 'bundled', 'hasInstallScript'],
]);

/** State shared by the entries of one file. */
export interface BunFile {
  readonly tape: JsonTape;
  /** Returns how importers reach an entry, which Bun does not record: computed for the whole file on first use. */
  reachOf(entry: LockEntry): Reach;
  /** Returns the patch of a package, by its name and version. */
  patchOf(key: string): Located<string> | undefined;
}

/** The tokens of a tuple's items. */
export interface Tuple {
  readonly specifier: Token;
  readonly registry: Token;
  readonly info: Token;
  /** For git: the name of the folder in Bun's cache. */
  readonly tag: Token;
  readonly integrity: Token;
}

/**
 * An entry of `packages` over the tape of its file, which locates its values and decodes them on demand. A class, so
 * that thousands of entries share their accessors.
 */
export class BunLockEntry implements LockEntry {
  readonly key: string;
  readonly source: LockSource;
  readonly #file: BunFile;
  readonly #token: Token;
  readonly #at: number;
  readonly #specifier: Token;
  readonly #registry: Token;
  readonly #info: Token;
  readonly #tag: Token;
  readonly #integrity: Token;
  #name: string | undefined;

  constructor(file: BunFile, token: Token, key: string, resolution: Resolution, tuple: Tuple) {
    this.key = key;
    this.source = resolution.source;
    this.#file = file;
    this.#token = token;
    this.#at = resolution.at;
    this.#specifier = tuple.specifier;
    this.#registry = tuple.registry;
    this.#info = tuple.info;
    this.#tag = tuple.tag;
    this.#integrity = tuple.integrity;
  }

  get keySpan(): Span {
    return tokenSpan(this.#file.tape, this.#token);
  }

  get span(): Span {
    const { records } = this.#file.tape;
    return { start: records[this.#token]!, end: records[this.#token + RECORD + 1]! };
  }

  /** The object with the package's metadata, `NONE` if absent. */
  get infoToken(): Token {
    return this.#info;
  }

  /** The first item of its tuple: `"name@version"`. */
  get specifierSpan(): Span {
    return tokenSpan(this.#file.tape, this.#specifier);
  }

  get name(): string {
    this.#name ??= decodeString(this.#file.tape, this.#specifier).slice(0, this.#at);
    return this.#name;
  }

  get alias(): string | undefined {
    if (this.key === this.name) return undefined;
    const folder = folderOfPath(this.key);
    return folder === this.name ? undefined : folder;
  }

  /** Its start: `name@version`, or a name and the source of the package. */
  get resolution(): Located<string> {
    const { tape } = this.#file;
    return { value: decodeString(tape, this.#specifier), span: tokenSpan(tape, this.#specifier) };
  }

  /** Only packages of a registry have one; the span covers the part after the name. */
  get version(): Located<string> | undefined {
    return this.source === 'registry' ? this.#behindName() : undefined;
  }

  /**
   * The URL or path that it comes from. Undefined for a package of an unnamed registry: Bun writes `""` for the
   * configured one.
   */
  get resolved(): Located<string> | undefined {
    return this.source === 'registry' ? this.#filled(this.#registry) : this.#behindName();
  }

  /** The hash; undefined if the text has `""`. */
  get integrity(): Located<string> | undefined {
    return this.#filled(this.#integrity);
  }

  get dev(): boolean {
    return this.#file.reachOf(this).dev;
  }

  get optional(): boolean {
    return this.#file.reachOf(this).optional;
  }

  get peer(): boolean {
    return this.#file.reachOf(this).peer;
  }

  get bundled(): boolean {
    return this.#isTrue('bundled');
  }

  /** Written by newer versions of Bun; if it is missing, nothing is known. */
  get hasInstallScript(): boolean {
    return this.#isTrue('hasInstallScript');
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
    return this.#strings('os');
  }

  get cpu(): readonly string[] {
    return this.#strings('cpu');
  }

  get libc(): readonly string[] {
    return this.#strings('libc');
  }

  get details(): EntryDetails {
    const { tape } = this.#file;
    const entry = this;
    return {
      ...NO_DETAILS,
      source: bunSource(this, this.#tag === NONE ? '' : decodeString(tape, this.#tag)),
      get bin() {
        const bin = binIn(tape, entry.#info, entry.name);
        const folder = memberOf(tape, entry.#info, 'binDir');
        return folder === NONE ? bin : new Map([...bin, ['', valueText(tape, folder)]]);
      },
      get others() {
        return othersIn(tape, entry.#info, WRITTEN);
      },
      get patches() {
        const patch = entry.#file.patchOf(`${entry.name}@${entry.version?.value ?? ''}`);
        return patch === undefined ? [] : [{ path: patch.value, hash: undefined, text: patch }];
      },
    };
  }

  /** Names of its optional peer dependencies. */
  get optionalPeers(): readonly string[] {
    return this.#strings('optionalPeers');
  }

  get edges(): readonly LockEdge[] {
    const optionalPeers = new Set(this.optionalPeers);
    return edgesOf(this.#file.tape, this.#info, (name) => optionalPeers.has(name));
  }

  /** Returns the text after `name@`; with the whole token's span if escapes make the two differ in length. */
  #behindName(): Located<string> {
    const { tape } = this.#file;
    const text = decodeString(tape, this.#specifier);
    const span = tokenSpan(tape, this.#specifier);
    const start = span.start + 1;
    const value = text.slice(this.#at + 1);
    if (!tape.text.startsWith(text, start)) return { value, span };
    return { value, span: { start: start + this.#at + 1, end: start + text.length } };
  }

  #filled(token: Token): Located<string> | undefined {
    const located = token === NONE ? undefined : locatedString(this.#file.tape, token);
    return located?.value === '' ? undefined : located;
  }

  #isTrue(name: string): boolean {
    return isTrue(this.#file.tape, memberOf(this.#file.tape, this.#info, name));
  }

  #strings(name: string): readonly string[] {
    return stringsOf(this.#file.tape, memberOf(this.#file.tape, this.#info, name));
  }
}
