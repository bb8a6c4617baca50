import { isLatin } from '../text-bytes.ts';
import { growthOf, type TextChange } from '../text-change.ts';
import { carryPlainness } from './control-characters.ts';
import { scanJson } from './json-scan.ts';
import { isObject, type JsonScanOptions, type JsonTape, RECORD, type Token } from './json-tape.ts';

/**
 * Returns the tape of a text after an edit: the same as `scanJson`, but scans only what the edit touched and shifts
 * everything after it. Undefined if either text is malformed, or the edit extends beyond a complete part; then the text
 * must be scanned.
 * @param options those with which `tape` was scanned
 */
export function editJsonTape(
  tape: JsonTape,
  text: string,
  edit: TextChange,
  options: JsonScanOptions = {},
): JsonTape | undefined {
  const isPlain = tape.problems.length === 0 && options.trustIndentation !== true;
  if (!isPlain || tape.end === 0 || text.length !== tape.text.length + growthOf(edit)) return undefined;
  const touched = touchedBy(tape, edit);
  if (touched === undefined) return undefined;
  const { path, first, end, change } = touched;
  const inObject = isObject(tape, path.at(-1)!);
  // Dummies replace the real neighbors and containers, so that everything is read in the same state.
  const dummy = inObject ? '"":0' : '0';
  const [open, close] = inObject ? ['{', '}'] : ['[', ']'];
  const depth = path.length - 1;
  const hasPrevious = first > path.at(-1)! + RECORD;
  const hasNext = end < tape.records[path.at(-1)! + 2]!;
  const front = '['.repeat(depth) + open + (hasPrevious ? dummy : '');
  const back = (hasNext ? dummy : '') + close + ']'.repeat(depth);
  const part = scanJson(front + text.slice(change.start, change.newEnd) + back, options);
  // A text that closes its container and opens another one breaks out of it.
  const isWithin = part.records[depth * RECORD + 1] === part.text.length - depth;
  if (part.problems.length > 0 || !isWithin) return undefined;
  const dummySize = (inObject ? 2 : 1) * RECORD;
  const from = (depth + 1) * RECORD + (hasPrevious ? dummySize : 0);
  const to = part.end - (hasNext ? dummySize : 0);
  const spliced = splice(tape, touched, part, from, to, change.start - front.length);
  const { problems, unclosed } = tape;
  const edited = { ...spliced, text, isLatin: isLatin(text), problems, unclosed };
  carryPlainness(tape, edited, edit);
  return edited;
}

/**
 * Siblings that an edit touches: from `first` up to but excluding `end`, in the innermost of the containers of `path`.
 */
interface Touched {
  /** The containers around the edit, the root first. */
  readonly path: readonly Token[];
  readonly first: Token;
  readonly end: Token;
  /** The range between the neighbors of those siblings. */
  readonly change: TextChange;
}

function touchedBy({ records, text }: JsonTape, edit: TextChange): Touched | undefined {
  const path: Token[] = [];
  let touched: Touched | undefined;
  let container: Token | undefined = 0;
  while (container !== undefined) {
    const code = text.charCodeAt(records[container]!);
    const isInside = edit.start > records[container]! && edit.oldEnd < records[container + 1]!;
    if ((code !== 123 && code !== 91) || !isInside) break;
    path.push(container);
    const width: number = code === 123 ? RECORD : 0;
    const last: Token = records[container + 2]!;
    let start = records[container]! + 1;
    let first: Token = container + RECORD;
    while (first < last && records[first + width + 1]! < edit.start) {
      start = records[first + width + 1]!;
      first = records[first + 2]!;
    }
    let end = first;
    while (end < last && records[end]! <= edit.oldEnd) end = records[end + 2]!;
    const oldEnd = end < last ? records[end]! : records[container + 1]! - 1;
    const isOne: boolean = first < end && records[first + 2] === end;
    touched = {
      ...{ path: [...path], first, end },
      change: { start, oldEnd, newEnd: oldEnd + growthOf(edit) },
    };
    container = isOne ? first + width : undefined;
  }
  return touched;
}

/** Replaces the touched records with those from `from` to `to` of another tape. */
function splice(
  { records: old, end: oldEnd, escapedKeys }: JsonTape,
  { path, first, end, change }: Touched,
  part: JsonTape,
  from: Token,
  to: Token,
  partMoves: number,
): Pick<JsonTape, 'records' | 'end' | 'escapedKeys'> {
  const by = growthOf(change);
  const size = to - from;
  const shift = size - (end - first);
  const records = new Int32Array(oldEnd + shift);
  records.set(old.subarray(0, first));
  for (const container of path) {
    records[container + 1] = old[container + 1]! + by;
    records[container + 2] = old[container + 2]! + shift;
    const key = container - RECORD;
    // The record before a container is that of its key if both have the same next token.
    if (container > 0 && old[key + 2] === old[container + 2]) records[key + 2] = old[container + 2]! + shift;
  }
  const fromMoves = first - from;
  for (let at = from; at < to; at += RECORD) {
    records[at + fromMoves] = part.records[at]! + partMoves;
    records[at + fromMoves + 1] = part.records[at + 1]! + partMoves;
    records[at + fromMoves + 2] = part.records[at + 2]! + fromMoves;
  }
  if (by === 0 && shift === 0) records.set(old.subarray(end, oldEnd), end);
  else {
    for (let at = end; at < oldEnd; at += RECORD) {
      records[at + shift] = old[at]! + by;
      records[at + shift + 1] = old[at + 1]! + by;
      records[at + shift + 2] = old[at + 2]! + shift;
    }
  }
  return { records, end: oldEnd + shift, escapedKeys: splicedKeys() };

  function splicedKeys(): ReadonlySet<Token> {
    if (escapedKeys.size === 0 && part.escapedKeys.size === 0) return escapedKeys;
    const keys = new Set<Token>();
    for (const key of escapedKeys) if (key < first) keys.add(key);
    for (const key of part.escapedKeys) if (key >= from && key < to) keys.add(key + fromMoves);
    for (const key of escapedKeys) if (key >= end) keys.add(key + shift);
    return keys;
  }
}
