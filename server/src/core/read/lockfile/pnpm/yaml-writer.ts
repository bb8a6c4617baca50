import type { Span } from '../../text/span.ts';
import type { TextBytes } from '../../text/text-bytes.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';
import { isWordStart } from './yaml-lexis.ts';
import { decodeScalar } from './yaml-scalar.ts';
import { keyOf, type Node, RECORD, type YamlTape } from './yaml-tape.ts';

const MAX_PROBLEMS = 100;
/** Up to this many members are compared in pairs, which needs no memory. */
const FEW = 12;

/** A tape under construction, for the scanners of block and flow style. */
export class YamlWriter {
  readonly text: string;
  readonly bytes: TextBytes;
  /** Where the last token ends. */
  tokenEnd = 0;
  count: Node = 0;
  records: Int32Array;
  readonly documents: Node[] = [];
  readonly #problems: LockProblem[] = [];
  #damaged: Span[] = [];
  /** Mappings whose order does not prove that their members are distinct. */
  readonly #unordered: Node[] = [];

  constructor(text: string, bytes: TextBytes) {
    this.text = text;
    this.bytes = bytes;
    this.records = new Int32Array(RECORD * (64 + Math.ceil(text.length / 32)));
  }

  /** Begins a node with an empty value, and returns its index. */
  push(keyStart: number, keyEnd: number, valueAt: number): Node {
    return this.pushWhole(keyStart, keyEnd, valueAt, valueAt);
  }

  /** Does the same with a value. */
  pushWhole(keyStart: number, keyEnd: number, valueAt: number, valueEnd: number): Node {
    const node = this.count;
    if (node + RECORD > this.records.length) this.#grow();
    const { records } = this;
    records[node] = keyStart;
    records[node + 1] = keyEnd;
    records[node + 2] = valueAt;
    records[node + 3] = valueEnd;
    records[node + 4] = node + RECORD;
    this.count = node + RECORD;
    this.tokenEnd = valueEnd;
    return node;
  }

  setValue(node: Node, start: number, end: number): void {
    this.records[node + 2] = start;
    this.records[node + 3] = end;
    this.tokenEnd = end;
  }

  /** Checks whether nothing follows the key yet. */
  isOpen(node: Node): boolean {
    return this.records[node + 2] === this.records[node + 3] && this.count === node + RECORD;
  }

  /** Adds a problem, and the range of text that it damages. */
  problem(
    message: string,
    start: number,
    end: number,
    damagedTo = end,
    kind: LockProblem['kind'] = 'syntax',
  ): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ kind, message, span: { start, end } });
    this.damage(start, damagedTo);
  }

  /** Reports a key that merges in the members of another mapping: pnpm obeys it if it has no quotes. */
  refuseMergeKey(node: Node): void {
    const start = this.records[node]!;
    const end = this.records[node + 1]!;
    if (isWordStart(this.text.charCodeAt(start)) || decodeScalar(this.text, start, end) !== '<<') return;
    this.problem('pnpm writes no key "<<"', start, end);
  }

  damage(start: number, end: number): void {
    this.#damaged.push({ start, end });
  }

  /** Marks the node to be searched for duplicate members at the end. */
  unordered(node: Node): void {
    this.#unordered.push(node);
  }

  finish(): YamlTape {
    const damaged = joinSpans(this.#damaged);
    const tape: YamlTape = {
      text: this.text,
      records: this.records.subarray(0, this.count),
      documents: this.documents,
      problems: this.#problems,
      damaged,
    };
    this.#damaged = [];
    for (const node of this.#unordered) this.#findDuplicates(tape, node);
    this.#problems.sort((a, b) => a.span.start - b.span.start);
    return this.#damaged.length === 0
      ? tape
      : { ...tape, damaged: joinSpans([...damaged, ...this.#damaged]) };
  }

  #findDuplicates(tape: YamlTape, mapping: Node): void {
    const { records } = this;
    const end = records[mapping + 4]!;
    let members = 0;
    for (let node = mapping + RECORD; node < end && members <= FEW; node = records[node + 4]!) members++;
    if (members > FEW) {
      const keys = new Set<string>();
      for (let node = mapping + RECORD; node < end; node = records[node + 4]!) {
        const before = keys.size;
        if (keys.add(keyOf(tape, node)).size === before) this.#duplicate(tape, node);
      }
      return;
    }
    for (let node = mapping + RECORD; node < end; node = records[node + 4]!) {
      for (let other = mapping + RECORD; other < node; other = records[other + 4]!) {
        if (!this.#sameKey(tape, node, other)) continue;
        this.#duplicate(tape, node);
        break;
      }
    }
  }

  #sameKey(tape: YamlTape, one: Node, other: Node): boolean {
    const { text, records } = this;
    const start = records[one]!;
    const end = records[one + 1]!;
    const otherStart = records[other]!;
    const first = text.charCodeAt(start);
    const otherFirst = text.charCodeAt(otherStart);
    const isQuoted = first < 40 || otherFirst < 40;
    if (!isQuoted && (first !== otherFirst || end - start !== records[other + 1]! - otherStart)) return false;
    return keyOf(tape, one) === keyOf(tape, other);
  }

  #duplicate(tape: YamlTape, node: Node): void {
    const start = this.records[node]!;
    const end = this.records[node + 1]!;
    if (isWithin(tape.damaged, start)) return;
    if (this.#problems.length >= MAX_PROBLEMS) this.damage(start, end);
    else
      this.problem(
        `"${shownText(keyOf(tape, node))}" appears twice, which pnpm does not read`,
        start,
        end,
        end,
        'duplicate',
      );
  }

  #grow(): void {
    const records = new Int32Array(this.records.length * 2);
    records.set(this.records);
    this.records = records;
  }
}

/** Returns the spans in source order, merging those that overlap. */
function joinSpans(spans: readonly Span[]): readonly Span[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Checks whether one of the spans, which are sorted and disjoint, contains the offset. */
function isWithin(spans: readonly Span[], at: number): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end <= at) low = middle + 1;
    else high = middle;
  }
  return low < spans.length && spans[low]!.start <= at;
}
