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
import { addressInFrom, readV1Version, sourceOfUrl, type V1Version, versionInTarball } from './v1-source.ts';

/** The list that an entry belongs to, through which it finds its neighbors. */
export interface EntryList {
  readonly fields: NestedFields;
  readonly folders: LinkedFolders;
  at(number: number): NpmV1Entry;
}

/**
 * An entry of nested `dependencies` over the tape of its file, which locates its values and decodes them on demand. A
 * class, so that thousands of entries share their accessors.
 */
export class NpmV1Entry implements LockEntry {
  /** Its index among the entries of the file. */
  readonly number: number;
  readonly #list: EntryList;
  #read: V1Version | undefined;
  #source: LockSource | undefined;
  #folder: string | undefined;
  #key: string | undefined;

  /** @param number the number of its fields in the list */
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

  /** The path of the linked folder whose own node_modules contains it. */
  get inFolder(): string | undefined {
    return this.#list.folders.pathOf(this.#get(PARENT));
  }

  /** The normalized path of the folder that it links; undefined for anything but a link to a folder. */
  get linkedFolder(): string | undefined {
    return this.#list.folders.linkedBy(this.number);
  }

  /** Whether an earlier link leads to the same folder. */
  get isLaterLink(): boolean {
    return this.#list.folders.isLaterLink(this.number);
  }

  /** Whether it has nested packages, even if only an empty object. */
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

  /** Includes everything nested in it. */
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

  /** For an alias the part after the name, for a URL the version in the tarball's name; undefined if it has none. */
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

  /** The URL, whether in `resolved` or in `version`. */
  get resolved(): Located<string> | undefined {
    const resolved = this.#located(this.#get(RESOLVED));
    if (resolved !== undefined || this.#versionKind()?.kind !== 'address') return resolved;
    return this.#located(this.#get(VERSION));
  }

  get integrity(): Located<string> | undefined {
    return this.#located(this.#get(INTEGRITY));
  }

  /** The request to npm 2 to 6: `name@specifier`, or a URL. */
  get from(): Located<string> | undefined {
    return locatedString(this.#tape, memberOf(this.#tape, this.#get(TOKEN) + RECORD, 'from'));
  }

  get source(): LockSource {
    if (this.#source === undefined) {
      const from = this.resolved === undefined ? this.from?.value : undefined;
      const address =
        this.resolved?.value ?? (from === undefined ? undefined : addressInFrom(this.folder, from));
      this.#source = sourceOfUrl(address);
    }
    return this.#source;
  }

  /** Its `version` as written: a version, an alias or a URL. */
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

  /** The names in `requires`, as far as npm recorded them; it did not record their sections. */
  get edges(): readonly LockEdge[] {
    const edges: LockEdge[] = [];
    appendEdges(this.#tape, 'dependencies', this.#get(REQUIRES), edges, () => false);
    return edges;
  }

  // Facts that the format does not record. Getters, because a field would take memory in each of thousands of entries.
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
