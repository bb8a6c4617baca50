import type { Located, Span } from '../../text/span.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { isQuote } from './yaml-lexis.ts';
import { decodeScalar } from './yaml-scalar.ts';

/** The index of a node's record in `YamlTape.records`; the records of everything a node contains follow its own. */
export type Node = number;

/** No node: an absent member. */
export const NONE: Node = -1;

/** The size of a record: where key and value start and end, and the next node after this one and its content. */
export const RECORD = 5;

/**
 * The documents of a YAML text as one flat list of nodes, nothing decoded. A node is a mapping's member, a sequence's
 * item (its key is empty) or a document (its key is empty too). Created by `scanYaml`.
 */
export interface YamlTape {
  readonly text: string;
  readonly records: Int32Array;
  /** The documents, in source order. */
  readonly documents: readonly Node[];
  /** What could not be read, in source order; if there are very many, not all are kept. */
  readonly problems: readonly LockProblem[];
  /** Untrustworthy ranges of the text, in order: lines with a problem, and merge conflicts. */
  readonly damaged: readonly Span[];
}

/** Returns the span of the key, including quotes. */
export function keySpan(tape: YamlTape, node: Node): Span {
  return { start: tape.records[node]!, end: tape.records[node + 1]! };
}

/** Returns the span of the value, including brackets, quotes or the signs of a block scalar; empty if there is none. */
export function valueSpan(tape: YamlTape, node: Node): Span {
  return { start: tape.records[node + 2]!, end: tape.records[node + 3]! };
}

/** Returns the span from the key to the end of the value. */
export function nodeSpan(tape: YamlTape, node: Node): Span {
  const { records } = tape;
  return { start: records[node]!, end: Math.max(records[node + 1]!, records[node + 3]!) };
}

/** Returns the next node after this one and its content. */
export function nextNode(tape: YamlTape, node: Node): Node {
  return tape.records[node + 4]!;
}

/** Checks whether the value is a non-empty mapping or sequence. */
export function hasChildren(tape: YamlTape, node: Node): boolean {
  return node !== NONE && tape.records[node + 4]! > node + RECORD;
}

/** Checks whether the value is a mapping; an empty value is not. */
export function isMapping(tape: YamlTape, node: Node): boolean {
  if (node === NONE) return false;
  const { records } = tape;
  if (hasChildren(tape, node)) return records[node + RECORD]! < records[node + RECORD + 1]!;
  return tape.text.charCodeAt(records[node + 2]!) === 123 && records[node + 3]! > records[node + 2]!;
}

/** Checks whether the node has no value: `key:` followed by nothing. */
export function isEmpty(tape: YamlTape, node: Node): boolean {
  return tape.records[node + 2] === tape.records[node + 3];
}

/** Checks whether the value is a scalar: neither empty nor a collection. */
export function isScalar(tape: YamlTape, node: Node): boolean {
  if (node === NONE || isEmpty(tape, node) || hasChildren(tape, node)) return false;
  const code = tape.text.charCodeAt(tape.records[node + 2]!);
  return code !== 123 && code !== 91;
}

/** Yields the members of a mapping or the items of a sequence. */
export function* childrenOf(tape: YamlTape, node: Node): Generator<Node, void> {
  if (node === NONE) return;
  const end = tape.records[node + 4]!;
  for (let child = node + RECORD; child < end; child = tape.records[child + 4]!) yield child;
}

/** Returns the member of a mapping by its name; `NONE` if there is none. */
export function memberOf(tape: YamlTape, node: Node, name: string): Node {
  if (node === NONE) return NONE;
  const end = tape.records[node + 4]!;
  for (let child = node + RECORD; child < end; child = tape.records[child + 4]!) {
    if (keyIs(tape, child, name)) return child;
  }
  return NONE;
}

/** Checks whether the key's name is `name`, however it is quoted. */
export function keyIs(tape: YamlTape, node: Node, name: string): boolean {
  const start = tape.records[node]!;
  const length = tape.records[node + 1]! - start;
  if (length === name.length) return tape.text.startsWith(name, start);
  return length > name.length + 1 && isQuote(tape.text.charCodeAt(start)) && keyOf(tape, node) === name;
}

/** Returns the key's name, decoded. */
export function keyOf(tape: YamlTape, node: Node): string {
  return decodeScalar(tape.text, tape.records[node]!, tape.records[node + 1]!);
}

/** Returns the value of a scalar; undefined for anything else. */
export function scalarOf(tape: YamlTape, node: Node): string | undefined {
  if (!isScalar(tape, node)) return undefined;
  return decodeScalar(tape.text, tape.records[node + 2]!, tape.records[node + 3]!);
}

/** Returns the value of a scalar with the span of its token; undefined for anything else. */
export function locatedScalar(tape: YamlTape, node: Node): Located<string> | undefined {
  const value = scalarOf(tape, node);
  return value === undefined ? undefined : { value, span: valueSpan(tape, node) };
}

/** Checks whether the value is `true` without quotes. */
export function isTrue(tape: YamlTape, node: Node): boolean {
  return node !== NONE && wordIs(tape, node, 'true');
}

/** Checks whether the value is exactly this text, without quotes. */
function wordIs(tape: YamlTape, node: Node, word: string): boolean {
  const start = tape.records[node + 2]!;
  return tape.records[node + 3]! - start === word.length && tape.text.startsWith(word, start);
}

/** Returns the scalars of a sequence, or a single scalar as a list. */
export function scalarsOf(tape: YamlTape, node: Node): readonly string[] {
  const single = scalarOf(tape, node);
  if (single !== undefined) return [single];
  const values: string[] = [];
  for (const child of childrenOf(tape, node)) {
    const value = scalarOf(tape, child);
    if (value !== undefined) values.push(value);
  }
  return values;
}
