import {
  decodeString,
  type JsonTape,
  locatedString,
  memberOf,
  NONE,
  RECORD,
  type Token,
  tokenSpan,
} from '../../text/json/json-tape.ts';
import type { Located, Span } from '../../text/span.ts';
import { appendEdges } from '../model/json-edges.ts';
import { keyText } from '../model/json-lock-text.ts';
import type { LockEdge, LockEntry, LockSource } from '../model/lockfile.ts';
import { type EntryDetails, NO_DETAILS } from '../record/entry-details.ts';
import type { LinkedFolders } from './linked-folders.ts';
import type { NestedFields } from './nested-fields.ts';
import {
  BUNDLED,
  DEV,
  FLAGS,
  INTEGRITY,
  NESTED,
  type NestedField,
  OPTIONAL,
  PARENT,
  PROJECT,
  REQUIRES,
  RESOLVED,
  TOKEN,
  VERSION,
} from './nested-fields.ts';
import { npmV1Source } from './npm-v1-source.ts';
import {
  addressInFrom,
  readV1Version,
  sourceOfAddress,
  type V1Version,
  versionInTarball,
} from './v1-source.ts';

/** The list that an entry belongs to, by which it finds its neighbours. */
export interface EntryList {
  readonly fields: NestedFields;
  readonly folders: LinkedFolders;
  at(number: number): NpmV1Entry;
}

/**
 * An entry of nested `dependencies` over the tape of its file: it knows where its values stand and decodes them when
 * asked. A class, so that thousands of them share their accessors.
 */
export class NpmV1Entry implements LockEntry {
  /** Its place among the entries of the file. */
  readonly number: number;
  readonly #list: EntryList;
  #read: V1Version | undefined;
  #source: LockSource | undefined;
  #folder: string | undefined;
  #key: string | undefined;

  /** @param number of what is in the fields of the list */
  constructor(list: EntryList, number: number) {
    this.#list = list;
    this.number = number;
  }

  /** The key as written: the folder it is installed in, below that of its parent. */
  get folder(): string {
    this.#folder ??= keyText(this.#tape, this.#get(TOKEN));
    return this.#folder;
  }

  /** The entry that it is nested in; undefined for one of the root's, and for one in a linked folder. */
  get parent(): NpmV1Entry | undefined {
    const parent = this.#get(PARENT);
    return parent === PROJECT || this.inFolder !== undefined ? undefined : this.#list.at(parent);
  }

  /** The path of the linked folder that has it in its own node_modules. */
  get inFolder(): string | undefined {
    return this.#list.folders.pathOf(this.#get(PARENT));
  }

  /** The path of the folder that it links, in one spelling; undefined for what is no link to a folder. */
  get linkedFolder(): string | undefined {
    return this.#list.folders.linkedBy(this.number);
  }

  /** Whether an earlier link leads to the same folder. */
  get isLaterLink(): boolean {
    return this.#list.folders.isLaterLink(this.number);
  }

  /** Whether it has nested packages, if only an empty object of them. */
  get hasNested(): boolean {
    return this.#get(NESTED) !== NONE;
  }

  /**
   * The path that later versions of npm write: `node_modules/a/node_modules/b`, in a linked folder
   * `local/a/node_modules/b`. Unique in its file.
   */
  get key(): string {
    if (this.#key === undefined) {
      const around = this.inFolder ?? this.parent?.key;
      this.#key = `${around === undefined ? '' : `${around}/`}node_modules/${this.folder}`;
    }
    return this.#key;
  }

  get keySpan(): Span {
    return tokenSpan(this.#tape, this.#get(TOKEN));
  }

  /** With all that is nested in it. */
  get span(): Span {
    const { records } = this.#tape;
    return { start: records[this.#get(TOKEN)]!, end: records[this.#get(TOKEN) + RECORD + 1]! };
  }

  get name(): string {
    const read = this.#versionKind();
    return read?.kind === 'alias'
      ? decodeString(this.#tape, this.#get(VERSION)).slice('npm:'.length, read.at)
      : this.folder;
  }

  get alias(): string | undefined {
    return this.name === this.folder ? undefined : this.folder;
  }

  /** Of an alias the part behind the name, of an address that of the tarball's name, undefined where it has none. */
  get version(): Located<string> | undefined {
    const read = this.#versionKind();
    if (read === undefined) return undefined;
    const located = locatedString(this.#tape, this.#get(VERSION))!;
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
    const resolved = this.#located(this.#get(RESOLVED));
    if (resolved !== undefined || this.#versionKind()?.kind !== 'address') return resolved;
    return this.#located(this.#get(VERSION));
  }

  get integrity(): Located<string> | undefined {
    return this.#located(this.#get(INTEGRITY));
  }

  /** What npm 2 to 6 were asked for: `name@specifier`, or an address. */
  get from(): Located<string> | undefined {
    return locatedString(this.#tape, memberOf(this.#tape, this.#get(TOKEN) + RECORD, 'from'));
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

  /** Its `version` as written: a version, an alias or an address. */
  get written(): Located<string> | undefined {
    return this.#located(this.#get(VERSION));
  }

  /** Its `resolved` as written. */
  get writtenResolved(): Located<string> | undefined {
    return this.#located(this.#get(RESOLVED));
  }

  get details(): EntryDetails {
    return { ...NO_DETAILS, source: npmV1Source(this) };
  }

  get dev(): boolean {
    return (this.#get(FLAGS) & DEV) !== 0;
  }

  get optional(): boolean {
    return (this.#get(FLAGS) & OPTIONAL) !== 0;
  }

  get bundled(): boolean {
    return (this.#get(FLAGS) & BUNDLED) !== 0;
  }

  /** What `requires` names, as far as npm recorded it; of which section, it did not. */
  get edges(): readonly LockEdge[] {
    const edges: LockEdge[] = [];
    appendEdges(this.#tape, 'dependencies', this.#get(REQUIRES), edges, () => false);
    return edges;
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

  get #tape(): JsonTape {
    return this.#list.fields.tape;
  }

  #get(field: NestedField): number {
    return this.#list.fields.get(this.number, field);
  }

  #versionKind(): V1Version | undefined {
    if (this.#get(VERSION) === NONE) return undefined;
    this.#read ??= readV1Version(decodeString(this.#tape, this.#get(VERSION)));
    return this.#read;
  }

  #located(token: Token): Located<string> | undefined {
    return token === NONE ? undefined : locatedString(this.#tape, token);
  }
}
