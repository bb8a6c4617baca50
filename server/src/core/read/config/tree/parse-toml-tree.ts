import { type AST, parseTOML } from 'toml-eslint-parser';
import type { ParseProblem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';
import {
  type ConfigMember,
  type ConfigNode,
  type ConfigTree,
  MAX_CONFIG_DEPTH,
  MAX_CONFIG_LENGTH,
} from './config-tree.ts';

/**
 * Reads TOML settings, however incomplete. The library rejects the whole text at its first error; then each statement
 * is parsed on its own and invalid ones are skipped, so that all others keep their values and positions. Never throws.
 */
export function parseTomlTree(text: string): ConfigTree {
  if (text.length > MAX_CONFIG_LENGTH) {
    return {
      root: undefined,
      problems: [{ message: 'It is too long to be read.', span: { start: 0, end: 0 } }],
    };
  }
  const whole = parse(text);
  if (whole.type === 'read') return toTree(whole.program, [], text.length);
  const problems: ParseProblem[] = [];
  const statements = statementsOf(text);
  if (statements.length > MOST_STATEMENTS) return { root: undefined, problems: [problemAt(whole, 0)] };
  let kept = '';
  for (const { start, end } of statements) {
    const statement = text.slice(start, end);
    const read = problems.length >= MOST_PROBLEMS ? undefined : parse(statement);
    if (read?.type === 'failed') problems.push(problemAt(read, start));
    kept += read?.type === 'read' ? statement : blanked(statement);
  }
  // Each statement is valid by itself; the remaining error is a duplicate key or table.
  const most = Math.min(MOST_PROBLEMS, Math.ceil(MOST_PARSED / text.length));
  for (let tries = 0; tries < most; tries++) {
    const read = parse(kept);
    if (read.type === 'read') return toTree(read.program, problems, text.length);
    problems.push(problemAt(read, 0));
    const twice = statementsOf(kept).findLast(({ start }) => start <= read.index);
    if (twice === undefined) break;
    kept = kept.slice(0, twice.start) + blanked(kept.slice(twice.start, twice.end)) + kept.slice(twice.end);
  }
  return { root: undefined, problems };
}

const MOST_PROBLEMS = 20;
const MOST_STATEMENTS = 5000;
/** The total of characters that may be parsed again, each time without one more duplicate key. */
const MOST_PARSED = 1_000_000;
const TOO_DEEP = 'It is nested too deeply';

type Parsed =
  | { readonly type: 'read'; readonly program: AST.TOMLProgram }
  | { readonly type: 'failed'; readonly message: string; readonly index: number };

function parse(text: string): Parsed {
  try {
    return { type: 'read', program: parseTOML(text) };
  } catch (error) {
    const { message, index } = error as { readonly message?: unknown; readonly index?: unknown };
    const isOwn = typeof message === 'string' && typeof index === 'number';
    return { type: 'failed', message: isOwn ? message : 'It cannot be read', index: isOwn ? index : 0 };
  }
}

function problemAt({ message, index }: { message: string; index: number }, offset: number): ParseProblem {
  return { message: `${message}.`, span: { start: offset + index, end: offset + index } };
}

/** Returns text of the same length and lines, but blank. */
function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/**
 * Splits the text from each line that begins a table or sets a key to the next one; the first starts at the start of
 * the text.
 */
function statementsOf(text: string): readonly Span[] {
  const starts: number[] = [];
  for (let at = 0; at !== -1 && at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline === -1 ? text.length : newline);
    if (beginsStatement(line)) starts.push(at);
    at = newline === -1 ? -1 : newline + 1;
  }
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? text.length }));
}

/** Checks for `[table]` at the start of a line; an array inside an array is indented or ends with a comma. */
function beginsStatement(line: string): boolean {
  return /^\[[^,]*$/.test(line) || /^\s*[\w"'-][^=[\]{}#,]*=/.test(line);
}

function toTree(program: AST.TOMLProgram, found: readonly ParseProblem[], end: number): ConfigTree {
  const problems = [...found];
  const report: Report = ([index]) => {
    if (problems.length < MOST_PROBLEMS) problems.push(problemAt({ message: TOO_DEEP, index }, 0));
  };
  const root = mapAt({ start: 0, end });
  for (const item of program.body[0].body) {
    if (item.type === 'TOMLKeyValue') set(root, item.key.keys, item.value, 0, report);
    else {
      const table = tableAt(root, item, report);
      if (table !== undefined) for (const each of item.body) set(table, each.key.keys, each.value, 0, report);
    }
  }
  return { root, problems };
}

/** Receives the range of a value that is too deep to be read. */
type Report = (range: readonly [number, number]) => void;

/** A map while it is being filled. */
interface MutableMap {
  readonly type: 'map';
  readonly span: Span;
  readonly members: ConfigMember[];
  readonly byKey: Map<string, ConfigMember>;
}

function mapAt(span: Span): MutableMap {
  return { type: 'map', span, members: [], byKey: new Map() };
}

function add(map: MutableMap, member: ConfigMember): void {
  map.members.push(member);
  map.byKey.set(member.key, member);
}

/** Returns the map of a table header. Each of `[[tables]]` is a separate map in a list. */
function tableAt(root: MutableMap, table: AST.TOMLTable, report: Report): MutableMap | undefined {
  const { keys } = table.key;
  const isItem = table.kind === 'array';
  const parent = descend(root, isItem ? keys.slice(0, -1) : keys, report);
  if (!isItem || parent === undefined) return parent;
  const last = keys.at(-1)!;
  const { name, span } = nameOf(last);
  const item = mapAt(spanOf(table.range));
  const known = parent.byKey.get(name)?.value;
  if (known?.type === 'list') (known.items as ConfigNode[]).push(item);
  else add(parent, { key: name, keySpan: span, value: { type: 'list', span: item.span, items: [item] } });
  return item;
}

type Key = AST.TOMLBare | AST.TOMLQuoted;

/** Descends by keys, creating maps as needed. Undefined if it meets anything but a map. */
function descend(map: MutableMap, keys: readonly Key[], report: Report): MutableMap | undefined {
  if (keys.length > MAX_CONFIG_DEPTH) {
    report(keys[0]!.range);
    return undefined;
  }
  let at = map;
  for (const key of keys) {
    const { name, span } = nameOf(key);
    const known = at.byKey.get(name)?.value;
    const next = known?.type === 'list' ? known.items.at(-1) : known;
    if (next !== undefined && next.type !== 'map') return undefined;
    const made = (next as MutableMap | undefined) ?? mapAt(span);
    if (next === undefined) add(at, { key: name, keySpan: span, value: made });
    at = made;
  }
  return at;
}

function set(
  map: MutableMap,
  keys: readonly Key[],
  value: AST.TOMLContentNode,
  depth: number,
  report: Report,
): void {
  const parent = descend(map, keys.slice(0, -1), report);
  const last = keys.at(-1);
  if (parent === undefined || last === undefined) return;
  const { name, span } = nameOf(last);
  add(parent, { key: name, keySpan: span, value: read(value, depth + 1, report) });
}

function read(node: AST.TOMLContentNode, depth: number, report: Report): ConfigNode | undefined {
  if (depth > MAX_CONFIG_DEPTH) {
    report(node.range);
    return undefined;
  }
  const span = spanOf(node.range);
  if (node.type === 'TOMLArray') {
    const items = node.elements
      .map((item) => read(item, depth + 1, report))
      .filter((item) => item !== undefined);
    return { type: 'list', span, items };
  }
  if (node.type === 'TOMLInlineTable') {
    const map = mapAt(span);
    for (const each of node.body) set(map, each.key.keys, each.value, depth, report);
    return map;
  }
  const { value } = node;
  if (typeof value === 'string') return { type: 'scalar', span, value, text: value };
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return { type: 'scalar', span, value: isPlain ? value : String(value), text: String(value) };
}

function nameOf(key: Key): { readonly name: string; readonly span: Span } {
  return { name: key.type === 'TOMLBare' ? key.name : key.value, span: spanOf(key.range) };
}

function spanOf([start, end]: readonly [number, number]): Span {
  return { start, end };
}
