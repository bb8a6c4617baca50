import { growthOf, type TextChange } from '../text-change.ts';
import { LINE, type LineTape, type LineToken } from './line-tape.ts';
import { type ReadLine, scanLines } from './scan-lines.ts';

/**
 * Returns the tape of a text after an edit: the same as `scanLines`, but scans only the blocks that the edit touched
 * and shifts everything after them. Undefined if anything in either text is unreadable; then it must be scanned.
 * @param readLine the reader that `tape` was made with
 */
export function editLineTape(
  tape: LineTape,
  text: string,
  edit: TextChange,
  readLine: ReadLine,
): LineTape | undefined {
  const by = growthOf(edit);
  if (tape.problems.length > 0 || tape.lostBlocks > 0 || text.length !== tape.text.length + by)
    return undefined;
  const { first, end, from, to } = touchedBy(tape, edit);
  // At the start of a text, a byte order mark is not one of its characters.
  if (from > 0 && text.charCodeAt(from) === 0xfeff) return undefined;
  const part = scanLines(text.slice(from, to + by), readLine);
  if (part.problems.length > 0 || part.lostBlocks > 0) return undefined;
  const old = tape.records;
  const records = new Int32Array(first + part.records.length + old.length - end);
  records.set(old.subarray(0, first));
  append(records, first, part.records, 0, from);
  append(records, first + part.records.length, old, end, by);
  return { text, records, problems: tape.problems, lostBlocks: 0 };
}

/** Complete blocks, from the line `first` up to but excluding `end`, and the range of text that contains them. */
interface Touched {
  readonly first: LineToken;
  readonly end: LineToken;
  readonly from: number;
  readonly to: number;
}

/**
 * Returns the blocks that contain the edit, and the next one, because the text above a block may affect it. A range
 * goes from the end of one block's last line to that of another's.
 */
function touchedBy({ text, records }: LineTape, edit: TextChange): Touched {
  const blocks: LineToken[] = [];
  for (let line = 0; line < records.length; line += LINE) if (records[line + 4] === 0) blocks.push(line);
  const startOf = (block: number): number => {
    if (block === 0) return 0;
    const last = blocks[block]! - LINE;
    const newline = text.indexOf('\n', Math.max(records[last + 1]!, records[last + 3]!));
    return newline === -1 ? text.length : newline + 1;
  };
  let first = 0;
  for (let low = 0, high = blocks.length - 1; low <= high; ) {
    const middle = (low + high) >> 1;
    if (startOf(middle) <= edit.start) {
      first = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  let last = first;
  while (last < blocks.length && records[blocks[last]!]! <= edit.oldEnd) last++;
  const end = Math.min(last + 1, blocks.length);
  const isAtEnd = end === blocks.length;
  return {
    first: blocks[first] ?? 0,
    end: isAtEnd ? records.length : blocks[end]!,
    from: startOf(first),
    to: isAtEnd ? text.length : startOf(end),
  };
}

/** Offsets below 0 mean none. */
function append(records: Int32Array, at: LineToken, lines: Int32Array, from: LineToken, moves: number): void {
  for (let line = from; line < lines.length; line += LINE) {
    const to = at + line - from;
    for (let place = 0; place < 4; place++) {
      const value = lines[line + place]!;
      records[to + place] = value < 0 ? value : value + moves;
    }
    records[to + 4] = lines[line + 4]!;
  }
}
