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
} from '../../text/json/json-tape.ts';
import { ownCopy } from '../../text/own-copy.ts';
import type { Located, Span } from '../../text/span.ts';
import { edgesOf } from '../model/json-edges.ts';
import type { LockEdge, LockEntry, LockSource } from '../model/lockfile.ts';
import type { EntryDetails } from '../record/entry-details.ts';
import { binIn, locatedText, membersIn, namesIn, othersIn } from '../record/json-details.ts';
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
import { npmSource } from './npm-source.ts';

/** Decoded values that rules read repeatedly. An edit elsewhere does not affect them. */
interface Said {
  name: string | undefined;
  source: LockSource | undefined;
  version: string | undefined;
  resolved: string | undefined;
  integrity: string | undefined;
}

/**
 * An entry of `packages` over the tape of its file, which locates its values and decodes them on demand. A class, so
 * that thousands of entries share their accessors.
 */
export class NpmLockEntry implements LockEntry {
  readonly key: string;
  /** Its index among the entries of the file. */
  readonly number: number;
  readonly #fields: EntryFields;
  /** Separate, because most entries of a large file are only read. */
  #said: Said | undefined;

  constructor(fields: EntryFields, number: number, key: string) {
    this.key = key;
    this.number = number;
    this.#fields = fields;
  }

  /** Returns the same entry, with the same content, in an edited text. */
  among(fields: EntryFields): NpmLockEntry {
    const entry = new NpmLockEntry(fields, this.number, this.key);
    entry.#said = this.#said;
    return entry;
  }

  get place(): FolderPlace {
    return this.#get(PLACE) as FolderPlace;
  }

  /** Whether it represents a folder in node_modules, link or not. */
  get inNodeModules(): boolean {
    return this.place !== OUTSIDE;
  }

  /** The token of its value. */
  get objectToken(): Token {
    return this.#get(TOKEN) + RECORD;
  }

  /** The object of its dependencies, `NONE` if absent. */
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

  /** npm omits a name equal to the folder. */
  get name(): string {
    const said = this.#say();
    if (said.name === undefined) {
      const token = this.#get(NAME);
      said.name = token === NONE ? (folderNameOf(this.key) ?? lastFolder(this.key)) : this.#text(token);
    }
    return said.name;
  }

  get alias(): string | undefined {
    if (this.#get(NAME) === NONE) return undefined;
    const folder = folderNameOf(this.key);
    return folder === this.name || this.#isLinkedFolder() ? undefined : folder;
  }

  get source(): LockSource {
    const said = this.#say();
    said.source ??= this.#readSource();
    return said.source;
  }

  get version(): Located<string> | undefined {
    const token = this.#get(VERSION);
    if (token === NONE) return undefined;
    const said = this.#say();
    said.version ??= this.#text(token);
    return { value: said.version, span: tokenSpan(this.#tape, token) };
  }

  get resolved(): Located<string> | undefined {
    const token = this.#get(RESOLVED);
    if (token === NONE) return undefined;
    const said = this.#say();
    said.resolved ??= this.#text(token);
    return { value: said.resolved, span: tokenSpan(this.#tape, token) };
  }

  get integrity(): Located<string> | undefined {
    const token = this.#get(INTEGRITY);
    if (token === NONE) return undefined;
    const said = this.#say();
    said.integrity ??= this.#text(token);
    return { value: said.integrity, span: tokenSpan(this.#tape, token) };
  }

  /** npm's `link`: a symbolic link to the folder in `resolved`. */
  get isLink(): boolean {
    return this.#has(LINK);
  }

  /** Whether it is a removed member, whose dependencies are not installed. */
  get isExtraneous(): boolean {
    return this.#has(EXTRANEOUS);
  }

  /** Whether the package has a shrinkwrap of its own that decides what is installed in its folder. */
  get hasShrinkwrap(): boolean {
    return this.#has(SHRINKWRAP);
  }

  /** Reachable only through development dependencies. */
  get dev(): boolean {
    return this.#has(DEV);
  }

  /** Reachable only through optional, or optional and development, dependencies (`devOptional`). */
  get optional(): boolean {
    return this.#has(OPTIONAL);
  }

  get peer(): boolean {
    return this.#has(PEER);
  }

  /** The flag alone is not enough, because anybody can write it: a package around it has to bundle it. */
  get bundled(): boolean {
    return this.#has(BUNDLED) && this.#fields.bundled().has(this.number);
  }

  get hasInstallScript(): boolean {
    return this.#has(SCRIPT);
  }

  /** Scripts, which npm never writes here but runs in place of the package's own. */
  get scripts(): Located<string> | undefined {
    return locatedText(this.#tape, this.#member('scripts'));
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

  /** Always undefined: npm writes none, and its `integrity` is that of the tarball. */
  get checksum(): undefined {
    return undefined;
  }

  get details(): EntryDetails {
    const tape = this.#tape;
    const entry = this;
    const patched = this.#member('patched');
    const patch = locatedText(tape, patched);
    return {
      source: npmSource(this),
      get bin() {
        return binIn(tape, entry.objectToken, entry.name);
      },
      get engines() {
        return membersIn(tape, entry.#member('engines'));
      },
      get patches() {
        const path = locatedString(tape, memberOf(tape, patched, 'path'))?.value;
        const hash = locatedString(tape, memberOf(tape, patched, 'integrity'))?.value;
        return patch === undefined ? [] : [{ path, hash, text: patch }];
      },
      get bundles() {
        return [
          ...namesIn(tape, entry.#member('bundleDependencies')),
          ...namesIn(tape, entry.#member('bundledDependencies')),
        ];
      },
      hasShrinkwrap: this.hasShrinkwrap,
      get others() {
        return othersIn(tape, entry.objectToken, WRITTEN);
      },
      moreHashes: [],
    };
  }

  get edges(): readonly LockEdge[] {
    const tape = this.#tape;
    return edgesOf(tape, this.objectToken, optionalPeerTest(tape, this.#member('peerDependenciesMeta')));
  }

  get #tape(): JsonTape {
    return this.#fields.tape;
  }

  #get(field: EntryField): number {
    return this.#fields.get(this.number, field);
  }

  #has(flag: number): boolean {
    return (this.#get(FLAGS) & flag) !== 0;
  }

  #say(): Said {
    this.#said ??= {
      name: undefined,
      source: undefined,
      version: undefined,
      resolved: undefined,
      integrity: undefined,
    };
    return this.#said;
  }

  #text(token: Token): string {
    const text = decodeString(this.#tape, token);
    return this.#fields.isEdited ? ownCopy(text) : text;
  }

  #readSource(): LockSource {
    if (this.isLink) return 'link';
    if (this.#isLinkedFolder()) return 'directory';
    if (!this.inNodeModules) return this.key === '' ? 'root' : 'workspace';
    return sourceOfResolved(this.resolved?.value);
  }

  /**
   * Checks whether it is a folder inside of a package (`../a/node_modules/b/c`), which npm writes if a link leads to
   * it.
   */
  #isLinkedFolder(): boolean {
    const { key } = this;
    if (!this.inNodeModules) return false;
    const start = key.lastIndexOf('node_modules/') + 'node_modules/'.length;
    const slash = key.indexOf('/', start);
    const isFolder = slash !== -1 && (key[start] !== '@' || key.includes('/', slash + 1));
    return isFolder && this.#fields.linked().has(key);
  }

  #member(name: string): Token {
    return memberOf(this.#tape, this.objectToken, name);
  }

  #string(name: string): string | undefined {
    return locatedString(this.#tape, this.#member(name))?.value;
  }

  /** Returns a list of strings, which may also be written as a single string. */
  #strings(name: string): readonly string[] {
    const value = this.#member(name);
    const tokens = isString(this.#tape, value) ? [value] : [...childrenOf(this.#tape, value)];
    return tokens
      .filter((token) => isString(this.#tape, token))
      .map((token) => decodeString(this.#tape, token));
  }
}

/**
 * The members that npm writes. It reads an entry as the package's manifest, so that other members have an effect too.
 */
const WRITTEN: ReadonlySet<string> = new Set([
  ...['name', 'version', 'resolved', 'integrity', 'link', 'inBundle', 'hasShrinkwrap', 'hasInstallScript'],
  ...['dev', 'optional', 'devOptional', 'peer', 'extraneous', 'ideallyInert', 'patched', 'dependencies'],
  ...['devDependencies', 'optionalDependencies', 'peerDependencies', 'peerDependenciesMeta'],
  ...['bundleDependencies', 'bundledDependencies', 'acceptDependencies', 'funding', 'engines', 'os', 'cpu'],
  ...['libc', 'license', 'bin', 'deprecated', 'workspaces'],
]);

/** Returns a test for optional peers, from an object with the metadata of each. */
function optionalPeerTest(tape: JsonTape, meta: Token): (name: string) => boolean {
  if (meta === NONE || !isObject(tape, meta)) return () => false;
  const names = new Set<string>();
  for (const key of childrenOf(tape, meta)) {
    if (isTrue(tape, memberOf(tape, valueToken(tape, key), 'optional'))) names.add(decodeString(tape, key));
  }
  return (name) => names.has(name);
}
