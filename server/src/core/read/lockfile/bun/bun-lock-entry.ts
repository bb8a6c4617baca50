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
import { type EntryDetails, NO_DETAILS } from '../record/entry-details.ts';
import { binIn, othersIn, valueText } from '../record/json-details.ts';
import { bunSource } from './bun-source.ts';
import { folderOfPath } from './package-path.ts';
import type { Reach } from './reach.ts';
import type { Resolution } from './resolution.ts';
import { stringsOf } from './strings-of.ts';

const WRITTEN: ReadonlySet<string> = new Set([
  ...['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'optionalPeers', 'bin'],
  ...['binDir', 'os', 'cpu', 'libc', 'bundled', 'hasInstallScript'],
]);

/** What the entries of one file share. */
export interface BunFile {
  readonly tape: JsonTape;
  /** How importers lead to an entry, which Bun does not write: found for the whole file when first asked for. */
  reachOf(entry: LockEntry): Reach;
  /** The patch of a package, by its name and version. */
  patchOf(key: string): Located<string> | undefined;
}

/** The places of a tuple's items. */
export interface Tuple {
  readonly specifier: Token;
  readonly registry: Token;
  readonly info: Token;
  /** Of git: the name of the folder in Bun's cache. */
  readonly tag: Token;
  readonly integrity: Token;
}

/**
 * An entry of `packages` over the tape of its file: it knows where its values stand and decodes them when asked.
 * A class, so that thousands of them share their accessors.
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

  /** The object of what its package says, `NONE` where it has none. */
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

  /** What it begins with: `name@version`, or a name and where the package comes from. */
  get resolution(): Located<string> {
    const { tape } = this.#file;
    return { value: decodeString(tape, this.#specifier), span: tokenSpan(tape, this.#specifier) };
  }

  /** Only packages of a registry have one; the span is that of the part behind the name. */
  get version(): Located<string> | undefined {
    return this.source === 'registry' ? this.#behindName() : undefined;
  }

  /**
   * The address or path that it comes from. Undefined for a package of a registry that is not named: Bun writes `""`
   * for the registry that is configured.
   */
  get resolved(): Located<string> | undefined {
    return this.source === 'registry' ? this.#filled(this.#registry) : this.#behindName();
  }

  /** The hash; undefined where the text has `""`. */
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

  /** Newer versions of Bun write it; where it is missing nothing is known. */
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

  /** Names of its peer dependencies that need not be there. */
  get optionalPeers(): readonly string[] {
    return this.#strings('optionalPeers');
  }

  get edges(): readonly LockEdge[] {
    const optionalPeers = new Set(this.optionalPeers);
    return edgesOf(this.#file.tape, this.#info, (name) => optionalPeers.has(name));
  }

  /** What stands behind `name@`; the whole token's span where escapes make the two differ in length. */
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
