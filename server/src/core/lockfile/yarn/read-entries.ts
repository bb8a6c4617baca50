import { DEPENDENCY_SECTIONS } from '../../manifest/manifest.ts';
import {
  blockEnd,
  decodeKey,
  hasValue,
  keySpan,
  LINE,
  type LineTape,
  type LineToken,
  NOWHERE,
} from '../../text/line-tape.ts';
import type { ParseProblem } from '../../text/problem.ts';
import { checkDependencies } from './check-dependencies.ts';
import { DescriptorIndex } from './descriptor-index.ts';
import type { YarnTapeEntry } from './yarn-tape-entry.ts';

/** What an entry is in one of the two formats. */
export interface EntryFormat<Entry> {
  /** Fields that have a value on their line. At most 30 with the blocks. */
  readonly values: readonly string[];
  /** Fields that have lines below them. */
  readonly blocks: readonly string[];
  /** Fields of `values` that no entry lacks. */
  readonly needed: readonly string[];
  /** Whether a block is something else than an entry. */
  isOther(tape: LineTape, line: LineToken): boolean;
  /** The field of `values` without which a block gives no entry. */
  readonly identity: string;
  /** `end` is behind the block's last line, `identity` that field's. Undefined for a block that gives no entry. */
  create(tape: LineTape, line: LineToken, end: LineToken, identity: LineToken): Entry | undefined;
}

export interface ReadEntries<Entry extends YarnTapeEntry> {
  /** In the order of the text; of those with the same key the last. */
  readonly all: readonly Entry[];
  readonly index: DescriptorIndex<Entry>;
  /** Blocks that give no entry. */
  readonly unread: number;
  readonly problems: readonly ParseProblem[];
}

/** Makes entries of the blocks of a tape, and says what is wrong with them beyond their lines. */
export function readEntries<Entry extends YarnTapeEntry>(
  tape: LineTape,
  format: EntryFormat<Entry>,
): ReadEntries<Entry> {
  const fields = new FieldNames(format);
  const problems: ParseProblem[] = [];
  const index = new DescriptorIndex<Entry>();
  const declarations: LineToken[] = [];
  let all: Entry[] = [];
  let unread = 0;
  let hasDuplicates = false;
  let identity = NOWHERE;
  for (let line = 0, end = 0; line < tape.records.length; line = end) {
    if (hasValue(tape, line) || format.isOther(tape, line)) {
      end = blockEnd(tape, line);
      if (hasValue(tape, line)) report('an entry has lines below it', line);
      continue;
    }
    const problemsBefore = problems.length;
    end = readFields(line);
    const entry = identity === NOWHERE ? undefined : format.create(tape, line, end, identity);
    if (entry === undefined) {
      if (problems.length === problemsBefore && !hasBrokenLine(line, end))
        report('this entry names no package', line);
      unread++;
      continue;
    }
    all.push(entry);
    for (const descriptor of entry.declarations) {
      if (index.add(descriptor, entry)) continue;
      hasDuplicates = true;
      report(`"${descriptor.slice(0, 300)}" stands twice, and Yarn takes the last`, line);
    }
  }
  if (hasDuplicates) {
    all = all.filter((entry) => entry.declarations.some((descriptor) => index.get(descriptor) === entry));
  }
  checkDependencies(tape, declarations, (name) => index.hasName(name), problems);
  return { all, index, unread, problems };

  /** Checks the block's fields and remembers the one that makes it an entry; gives the place behind its last line. */
  function readFields(block: LineToken): LineToken {
    const { records } = tape;
    let seen = 0;
    let line = block + LINE;
    identity = NOWHERE;
    for (; line < records.length && records[line + 4]! > 0; line += LINE) {
      if (records[line + 4] !== 1) continue;
      const bit = fields.bitOf(tape, line);
      if (bit === 0) continue;
      if ((seen & bit) !== 0) report('this stands twice, and Yarn takes the last', line);
      if (hasValue(tape, line) === bit < fields.firstBlock) seen |= bit;
      else report('this value has the wrong type', line);
      if ((bit & fields.declarations) !== 0) declarations.push(line);
      else if (bit === fields.identity) identity = hasValue(tape, line) ? line : NOWHERE;
    }
    if ((seen & fields.needed) !== fields.needed && !hasBrokenLine(block, line)) {
      const missing = format.needed.find((name) => (seen & fields.bitNamed(name)) === 0);
      report(`this entry has no ${missing}`, block);
    }
    return line;
  }

  /** Whether a line of the block could not be read: then that is what is wrong with it. */
  function hasBrokenLine(block: LineToken, end: LineToken): boolean {
    const first = tape.records[block]!;
    const last = end < tape.records.length ? tape.records[end]! : tape.text.length;
    return tape.problems.some(({ span }) => span.start >= first && span.start < last);
  }

  function report(message: string, line: LineToken): void {
    problems.push({ message, span: keySpan(tape, line) });
  }
}

/** Gives each field of a format a bit; those of blocks are the higher ones. */
class FieldNames {
  readonly firstBlock: number;
  readonly needed: number;
  /** The blocks of names with what is declared of them. */
  readonly declarations: number;
  readonly identity: number;
  readonly #bits: ReadonlyMap<string, number>;
  readonly #byLength: (readonly (readonly [name: string, bit: number])[])[];

  constructor({ values, blocks, needed, identity }: EntryFormat<unknown>) {
    const bits = [...values, ...blocks].map((name, at) => [name, 1 << at] as const);
    this.#bits = new Map(bits);
    this.firstBlock = 1 << values.length;
    this.needed = this.#bitsOf(needed);
    this.declarations = this.#bitsOf(DEPENDENCY_SECTIONS);
    this.identity = this.bitNamed(identity);
    this.#byLength = Array.from({ length: 32 }, (_, length) =>
      bits.filter(([name]) => name.length === length),
    );
  }

  bitNamed(name: string): number {
    return this.#bits.get(name) ?? 0;
  }

  #bitsOf(names: readonly string[]): number {
    return names.reduce((bits, name) => bits | this.bitNamed(name), 0);
  }

  /** The bit of the line's key, 0 for one that is not known. */
  bitOf(tape: LineTape, line: LineToken): number {
    const { text, records } = tape;
    const start = records[line]!;
    const first = text.charCodeAt(start);
    if (first === 34 || first === 39) return this.bitNamed(decodeKey(tape, line));
    const sameLength = this.#byLength[records[line + 1]! - start];
    if (sameLength === undefined) return 0;
    for (const [name, bit] of sameLength) if (text.startsWith(name, start)) return bit;
    return 0;
  }
}
