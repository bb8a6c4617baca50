import type { DependencySection } from '../../manifest/manifest.ts';
import {
  blockEnd,
  blockSpan,
  decodeKey,
  keySpan,
  LINE,
  type LineTape,
  type LineToken,
  lineKeyIs,
  lineOf,
  locatedValue,
  NOWHERE,
} from '../../text/lines/line-tape.ts';
import type { Located, Span } from '../../text/span.ts';
import type { LockChecksum, LockEdge, LockSource } from '../model/lockfile.ts';
import { nameEnd } from './descriptor-index.ts';
import type { YarnLockEntry } from './yarn-lockfile.ts';

/**
 * The common part of entries of both kinds of yarn.lock: a block of lines over the tape of its file, decoded on demand.
 * A class, so that thousands of entries share their accessors.
 */
export abstract class YarnTapeEntry implements YarnLockEntry {
  protected readonly tape: LineTape;
  protected readonly line: LineToken;
  protected readonly end: LineToken;

  /** `end` is after the last line of the block that `line` opens. */
  constructor(tape: LineTape, line: LineToken, end: LineToken) {
    this.tape = tape;
    this.line = line;
    this.end = end;
  }

  abstract readonly key: string;
  /** The texts of its `descriptors`: cheaper, and read for each entry. */
  abstract readonly declarations: readonly string[];
  abstract readonly descriptors: readonly Located<string>[];
  abstract readonly name: string;
  abstract readonly source: LockSource;
  abstract readonly resolved: Located<string> | undefined;
  abstract readonly integrity: Located<string> | undefined;
  abstract readonly checksum: LockChecksum | undefined;
  abstract readonly os: readonly string[];
  abstract readonly cpu: readonly string[];
  abstract readonly libc: readonly string[];
  abstract readonly edges: readonly LockEdge[];

  get keySpan(): Span {
    return keySpan(this.tape, this.line);
  }

  get span(): Span {
    return blockSpan(this.tape, this.line, this.end);
  }

  get version(): Located<string> | undefined {
    return this.field('version');
  }

  get alias(): string | undefined {
    const { name } = this;
    if (this.#isDeclaredFirst(name)) return undefined;
    const folders = new Set(this.declarations.map((descriptor) => descriptor.slice(0, nameEnd(descriptor))));
    const [folder] = folders;
    return folders.size > 1 || folder === name ? undefined : folder;
  }

  /**
   * Not recorded by either kind of yarn.lock: which dependencies lead here, and the content of the package's manifest.
   */
  get dev(): boolean {
    return false;
  }

  get optional(): boolean {
    return false;
  }

  get peer(): boolean {
    return false;
  }

  get bundled(): boolean {
    return false;
  }

  get hasInstallScript(): boolean {
    return false;
  }

  get deprecated(): string | undefined {
    return undefined;
  }

  get license(): string | undefined {
    return undefined;
  }

  /** Checks, without decoding, whether the key begins with a descriptor of this name, as nearly all do. */
  #isDeclaredFirst(name: string): boolean {
    const { text, records } = this.tape;
    const start = records[this.line]!;
    const at = text.charCodeAt(start) === 34 ? start + 1 : start;
    return text.startsWith(name, at) && text.charCodeAt(at + name.length) === 64;
  }

  protected field(name: string): Located<string> | undefined {
    return locatedValue(this.tape, lineOf(this.tape, this.line, this.end, name));
  }

  /** Returns the fields that are not among the known ones, each as its name and value. */
  protected fieldsBeside(known: ReadonlySet<string>): readonly string[] {
    const { tape } = this;
    const others: string[] = [];
    for (let line = this.line + LINE; line < this.end; line += LINE) {
      const name = tape.records[line + 4] === 1 ? decodeKey(tape, line) : undefined;
      if (name === undefined || known.has(name)) continue;
      const { start, end } = blockSpan(tape, line, blockEnd(tape, line));
      const value = locatedValue(tape, line)?.value;
      others.push(
        value === undefined ? tape.text.slice(start, end).replace(/\s+/g, ' ') : `${name} ${value}`,
      );
    }
    return others;
  }

  /** Reads the edges of a block in the entry; `isOptional` decides which may be absent. */
  protected readEdges(
    block: LineToken,
    section: (name: string) => DependencySection,
    isOptional: (name: string) => boolean,
    edges: LockEdge[],
  ): void {
    const { tape } = this;
    const depth = tape.records[block + 4]! + 1;
    for (let line = block + LINE; line < this.end && tape.records[line + 4]! >= depth; line += LINE) {
      const specifier = locatedValue(tape, line);
      if (tape.records[line + 4]! !== depth || specifier === undefined) continue;
      const name = decodeKey(tape, line);
      edges.push({
        section: section(name),
        name,
        nameSpan: keySpan(tape, line),
        specifier,
        optional: isOptional(name),
      });
    }
  }

  /** Returns the lines directly in the entry that open a block with this name; more than one only in a broken text. */
  protected blocks(name: string): readonly LineToken[] {
    const { tape } = this;
    const { records } = tape;
    let found: LineToken[] | undefined;
    for (let line = this.line + LINE; line < this.end; line += LINE) {
      if (records[line + 4] !== 1 || records[line + 2] !== NOWHERE || !lineKeyIs(tape, line, name)) continue;
      if (found === undefined) found = [line];
      else found.push(line);
    }
    return found ?? NO_BLOCKS;
  }
}

const NO_BLOCKS: readonly LineToken[] = [];
