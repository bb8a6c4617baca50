import { type Alias, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';
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
 * Reads YAML 1.2 settings, whatever state the text is in. Where something is wrong, each top-level key is read apart, so
 * that an open quote takes the rest of its own setting and not that of the file. Tags mean nothing, anchors and merge
 * keys are followed without being copied, nesting and size are bounded. Never throws.
 */
export function parseYamlTree(written: string): ConfigTree {
  if (written.length > MAX_CONFIG_LENGTH) {
    return { root: undefined, problems: [{ message: 'It is too long to be read.', span: START }] };
  }
  // A CR alone ends a line as well, which the library does not know.
  const text = written.replace(/\r(?!\n)/g, '\n');
  const whole = parsePart(text, 0, new Map());
  if (!whole.isBroken) return toTree(whole.members, whole.problems, text.length);
  const spans = partsOf(text);
  if (spans.length > MOST_PARTS) return toTree(whole.members, whole.problems, text.length);
  const anchors: Anchors = new Map();
  const parts = spans.map(({ start, end }) =>
    ownKey(parsePart(text.slice(start, end), start, anchors), text, start),
  );
  const problems = parts.flatMap((part) => part.problems).slice(0, MOST_PROBLEMS);
  const members = parts.flatMap((part) => part.members ?? []);
  return toTree(members, problems.length > 0 ? problems : whole.problems, text.length);
}

const START: Span = { start: 0, end: 0 };
const MOST_PROBLEMS = 100;
const MOST_PARTS = 2000;
const MOST_ALIASES = 1000;
const MOST_MERGED = 10_000;

interface Part {
  /** Undefined where the text holds no map. */
  readonly members: readonly ConfigMember[] | undefined;
  readonly problems: readonly ParseProblem[];
  /** Whether the text is no YAML, so that what stands behind the first mistake may be misread. */
  readonly isBroken: boolean;
}

type Anchors = Map<string, ConfigNode>;

function toTree(members: Part['members'], problems: readonly ParseProblem[], end: number): ConfigTree {
  return {
    root: members === undefined ? undefined : { type: 'map', span: { start: 0, end }, members },
    problems,
  };
}

/** From each line that begins with a key to the next one. Comments, items and closing brackets begin nothing. */
function partsOf(text: string): readonly Span[] {
  const starts: number[] = [];
  for (let at = 0; at !== -1 && at < text.length; ) {
    if (!' \t\r\n#-}])'.includes(text[at]!)) starts.push(at);
    const newline = text.indexOf('\n', at);
    at = newline === -1 ? -1 : newline + 1;
  }
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? text.length }));
}

/**
 * A part has one key, at its start: what stands less deep than its value and deeper than its key belongs to nothing. A
 * word alone is a key that is being typed.
 */
function ownKey(part: Part, text: string, start: number): Part {
  const { members } = part;
  if (members !== undefined) return text[start] === '{' ? part : { ...part, members: members.slice(0, 1) };
  const word = /^[\w@$.-]+(?=[ \t\r]*(?:\n|$))/.exec(text.slice(start, start + MAX_KEY_LENGTH))?.[0];
  if (word === undefined || word === '...') return part;
  const keySpan = { start, end: start + word.length };
  return {
    members: [{ key: word, keySpan, value: undefined }],
    problems: [{ message: 'A colon and a value are missing.', span: keySpan }],
    isBroken: true,
  };
}

const MAX_KEY_LENGTH = 1000;

function parsePart(text: string, offset: number, anchors: Anchors): Part {
  try {
    const document = parseDocument(text, {
      keepSourceTokens: false,
      // Not 'silent', which would also hide that a second document begins.
      logLevel: 'error',
      prettyErrors: false,
      uniqueKeys: false,
    });
    const problems = document.errors.slice(0, MOST_PROBLEMS).map(({ message, pos }): ParseProblem => {
      // What is missing at the end is said to stand behind it.
      const inside = pos.map((at) => Math.min(at, text.length));
      return { message: `${message}.`, span: spanOf(inside, offset) };
    });
    const isBroken = problems.length > 0;
    const { contents } = document;
    if (contents === null || isEmpty(contents)) return { members: undefined, problems, isBroken };
    if (!isMap(contents)) {
      const span = spanOf(contents.range ?? undefined, offset);
      if (!isBroken) problems.push({ message: 'It holds no settings.', span });
      return { members: undefined, problems, isBroken: true };
    }
    const reader: Reader = { offset, anchors, problems, aliases: 0, merged: 0 };
    return { members: readMembers(contents, reader, 1), problems, isBroken };
  } catch (error) {
    // The library is not to throw; where it does, hostile nesting most likely, this part of the file is unread.
    const message = error instanceof RangeError ? 'It is nested too deeply.' : 'It cannot be read.';
    const span = { start: offset, end: offset + text.length };
    return { members: undefined, problems: [{ message, span }], isBroken: true };
  }
}

/** Where nothing stands, the library puts a scalar without a token. */
function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.value === null && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0);
}

interface Reader {
  readonly offset: number;
  readonly anchors: Anchors;
  readonly problems: ParseProblem[];
  aliases: number;
  merged: number;
}

function spanOf(range: readonly number[] | undefined, offset: number): Span {
  const start = range?.[0] ?? 0;
  return { start: start + offset, end: Math.max(start, range?.[1] ?? start) + offset };
}

function readNode(node: unknown, reader: Reader, depth: number): ConfigNode | undefined {
  if (depth > MAX_CONFIG_DEPTH) return undefined;
  if (isAlias(node)) return readAlias(node, reader);
  const read = readOwn(node, reader, depth);
  const anchor = (node as { readonly anchor?: string } | null | undefined)?.anchor;
  if (read !== undefined && anchor !== undefined) reader.anchors.set(anchor, read);
  return read;
}

function readAlias(node: Alias, reader: Reader): ConfigNode | undefined {
  const read = ++reader.aliases > MOST_ALIASES ? undefined : reader.anchors.get(node.source);
  if (read === undefined && reader.problems.length < MOST_PROBLEMS) {
    const span = spanOf(node.range ?? undefined, reader.offset);
    reader.problems.push({ message: 'This refers to an anchor that is not defined above.', span });
  }
  return read;
}

function readOwn(node: unknown, reader: Reader, depth: number): ConfigNode | undefined {
  if (isMap(node)) {
    const span = spanOf(node.range ?? undefined, reader.offset);
    return { type: 'map', span, members: readMembers(node, reader, depth) };
  }
  if (isSeq(node)) {
    const items = node.items
      .map((item) => readNode(item, reader, depth + 1))
      .filter((item) => item !== undefined);
    return { type: 'list', span: spanOf(node.range ?? undefined, reader.offset), items };
  }
  if (!isScalar(node)) return undefined;
  const span = spanOf(node.range ?? undefined, reader.offset);
  // No token at all: the value is still to be typed.
  if (span.end === span.start) return undefined;
  const { value } = node;
  if (typeof value === 'string') return { type: 'scalar', span, value, text: value };
  const text = node.source ?? String(value);
  const isPlain = value === null || typeof value === 'number' || typeof value === 'boolean';
  return { type: 'scalar', span, value: isPlain ? value : text, text };
}

function readMembers(map: YAMLMap, reader: Reader, depth: number): readonly ConfigMember[] {
  const members: ConfigMember[] = [];
  const merged: ConfigMember[] = [];
  for (const pair of map.items) {
    const member = readMember(pair, reader, depth);
    if (member === undefined) continue;
    if (member.key === '<<') merged.push(...mergedMembers(member, reader));
    else members.push(member);
  }
  if (merged.length === 0) return members;
  const own = new Set(members.map(({ key }) => key));
  return [...merged.filter(({ key }) => !own.has(key)), ...members];
}

function readMember({ key, value }: Pair, reader: Reader, depth: number): ConfigMember | undefined {
  const read = readNode(key, reader, depth + 1);
  if (read?.type !== 'scalar') return undefined;
  return { key: read.text, keySpan: read.span, value: readNode(value, reader, depth + 1) };
}

/** What `<<: *name` or `<<: [*a, *b]` brings in; of a key that several have, the first wins. */
function mergedMembers({ keySpan, value }: ConfigMember, reader: Reader): readonly ConfigMember[] {
  const maps = value?.type === 'list' ? value.items : value === undefined ? [] : [value];
  if (value === undefined || maps.some(({ type }) => type !== 'map')) {
    reader.problems.push({ message: 'Only a mapping can be merged here.', span: keySpan });
  }
  const members = new Map<string, ConfigMember>();
  for (const map of maps) {
    if (map.type !== 'map') continue;
    reader.merged += map.members.length;
    if (reader.merged > MOST_MERGED) break;
    for (const member of map.members) if (!members.has(member.key)) members.set(member.key, member);
  }
  return [...members.values()];
}
