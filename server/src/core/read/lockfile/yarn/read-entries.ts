import {
  blockEnd,
  decodeKey,
  hasValue,
  keySpan,
  LINE,
  type LineTape,
  type LineToken,
  NOWHERE,
} from '../../text/lines/line-tape.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';
import { checkNames } from './check-names.ts';
import { DescriptorIndex } from './descriptor-index.ts';
import type { YarnTapeEntry } from './yarn-tape-entry.ts';

/** The form of an entry in one of the two formats. */
export interface EntryFormat<Entry> {
  /** Fields with a value on their line. At most 30 together with the blocks. */
  readonly values: readonly string[];
  /** Fields with lines below them. */
  readonly blocks: readonly string[];
  /** Required fields of `values`. */
  readonly needed: readonly string[];
  /** Checks whether a block is not an entry. */
  isOther(tape: LineTape, line: LineToken): boolean;
  /** The field of `values` without which a block gives no entry. */
  readonly identity: string;
  /**
   * Creates an entry. `end` is after the block's last line, `identity` is the line of that field. Undefined for a block
   * that gives no entry.
   */
  create(tape: LineTape, line: LineToken, end: LineToken, identity: LineToken): Entry | undefined;
  /** Checks whether the value of the text's last line is shorter than any that Yarn writes there. */
  isCut(tape: LineTape, line: LineToken): boolean;
}

export interface ReadEntries<Entry extends YarnTapeEntry> {
  /** In source order; among equal keys, the last. */
  readonly all: readonly Entry[];
  readonly index: DescriptorIndex<Entry>;
  /** The number of blocks that give no entry. */
  readonly unread: number;
  readonly problems: readonly LockProblem[];
}

/** Creates entries from the blocks of a tape, and reports their problems beyond single lines. */
export function readEntries<Entry extends YarnTapeEntry>(
  tape: LineTape,
  format: EntryFormat<Entry>,
): ReadEntries<Entry> {
  const fields = new FieldNames(format);
  const problems: LockProblem[] = [];
  const index = new DescriptorIndex<Entry>();
  const blocks: LineToken[] = [];
  let all: Entry[] = [];
  let unread = 0;
  let hasDuplicates = false;
  let hasOther = false;
  let identity = NOWHERE;
  for (let line = 0, end = 0; line < tape.records.length; line = end) {
    if (hasValue(tape, line) || format.isOther(tape, line)) {
      end = blockEnd(tape, line);
      if (hasValue(tape, line)) report('an entry has lines below it', line);
      else {
        if (hasOther) report('this appears twice', line, 'duplicate');
        hasOther = true;
        blocks.push(line);
      }
      continue;
    }
    const problemsBefore = problems.length;
    end = readFields(line);
    const isCut = isCutAtEnd(end);
    if (isCut) report('the text ends in the middle of this', end - LINE);
    const entry = identity === NOWHERE || isCut ? undefined : format.create(tape, line, end, identity);
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
      report(`"${shownText(descriptor)}" appears twice, and Yarn takes the last`, line, 'duplicate');
    }
  }
  if (hasDuplicates) {
    all = all.filter((entry) => entry.declarations.some((descriptor) => index.get(descriptor) === entry));
  }
  checkNames(tape, blocks, (name) => index.hasName(name), problems);
  return { all, index, unread, problems };

  /**
   * Checks the block's fields and stores the one that identifies it as an entry; returns the position after its last
   * line.
   */
  function readFields(block: LineToken): LineToken {
    const { records } = tape;
    let seen = 0;
    let others: Set<string> | undefined;
    let line = block + LINE;
    identity = NOWHERE;
    for (; line < records.length && records[line + 4]! > 0; line += LINE) {
      if (records[line + 4] !== 1) continue;
      const bit = fields.bitOf(tape, line);
      if (bit === 0) {
        const name = decodeKey(tape, line);
        if (others?.has(name)) report('this appears twice, and Yarn takes the last', line, 'duplicate');
        others ??= new Set();
        others.add(name);
        continue;
      }
      if ((seen & bit) !== 0) report('this appears twice, and Yarn takes the last', line, 'duplicate');
      if (hasValue(tape, line) === bit < fields.firstBlock) seen |= bit;
      else report('this value has the wrong type', line);
      if (bit >= fields.firstBlock) blocks.push(line);
      else if (bit === fields.identity) identity = hasValue(tape, line) ? line : NOWHERE;
    }
    if ((seen & fields.needed) !== fields.needed && !hasBrokenLine(block, line)) {
      const missing = format.needed.find((name) => (seen & fields.bitNamed(name)) === 0);
      report(`this entry has no ${missing}`, block);
    }
    return line;
  }

  /** Checks whether a line of the block is unreadable: that is then its problem. */
  function hasBrokenLine(block: LineToken, end: LineToken): boolean {
    const first = tape.records[block]!;
    const last = end < tape.records.length ? tape.records[end]! : tape.text.length;
    return tape.problems.some(({ span }) => span.start >= first && span.start < last);
  }

  /** Checks whether the text ends with the block's last line, and that line's value is truncated. */
  function isCutAtEnd(end: LineToken): boolean {
    const { records, text } = tape;
    return end >= records.length && records[end - LINE + 3] === text.length && format.isCut(tape, end - LINE);
  }

  function report(message: string, line: LineToken, kind: LockProblem['kind'] = 'syntax'): void {
    problems.push({ kind, message, span: keySpan(tape, line) });
  }
}

/** Assigns a bit to each field of a format; those of blocks are the higher ones. */
class FieldNames {
  readonly firstBlock: number;
  readonly needed: number;
  readonly identity: number;
  readonly #bits: ReadonlyMap<string, number>;
  readonly #byLength: (readonly (readonly [name: string, bit: number])[])[];

  constructor({ values, blocks, needed, identity }: EntryFormat<unknown>) {
    const bits = [...values, ...blocks].map((name, at) => [name, 1 << at] as const);
    this.#bits = new Map(bits);
    this.firstBlock = 1 << values.length;
    this.needed = this.#bitsOf(needed);
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

  /** Returns the bit of the line's key; 0 for an unknown one. */
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
