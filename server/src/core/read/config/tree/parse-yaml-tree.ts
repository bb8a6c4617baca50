import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { ParseProblem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';
import {
  type ConfigList,
  type ConfigMap,
  type ConfigMember,
  type ConfigNode,
  type ConfigTree,
  MAX_CONFIG_DEPTH,
  MAX_CONFIG_LENGTH,
} from './config-tree.ts';

/**
 * Reads YAML 1.2 settings, however incomplete. If there is an error, each top-level key is parsed separately, so that
 * an open quote consumes the rest of its own setting and not of the file. Tags are ignored, anchors and merge keys are
 * followed without being copied. Nesting, size and the expansion of aliases are bounded, so that walking the tree takes
 * no longer than for the longest text. Never throws.
 */
export function parseYamlTree(written: string): ConfigTree {
  if (written.length > MAX_CONFIG_LENGTH) {
    return { root: undefined, problems: [{ message: 'It is too long to be read.', span: START }] };
  }
  // A lone CR is also a line break, which the library does not recognize.
  const text = written.replace(/\r(?!\n)/g, '\n');
  const tooDeep = tooDeepAt(text);
  if (tooDeep !== undefined) {
    const span = { start: tooDeep, end: tooDeep + 1 };
    return { root: undefined, problems: [{ message: TOO_DEEP, span }] };
  }
  const whole = parsePart(text, 0, newAnchors());
  if (!whole.isBroken) return toTree(whole.members, whole.problems, text.length);
  const spans = partsOf(text);
  if (spans.length > MOST_PARTS) return toTree(whole.members, whole.problems, text.length);
  const anchors = newAnchors();
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
/** The limit on the total expansion of all aliases of a file, in characters. */
const MOST_EXPANDED = MAX_CONFIG_LENGTH;
const MOST_MERGED = 10_000;
const TOO_DEEP = 'It is nested too deeply.';

interface Part {
  /** Undefined if the text holds no map. */
  readonly members: readonly ConfigMember[] | undefined;
  readonly problems: readonly ParseProblem[];
  /** Whether the text is invalid YAML, so that everything after the first error may be misread. */
  readonly isBroken: boolean;
}

interface Anchors {
  readonly nodes: Map<string, ConfigNode>;
  /** The size of each list and map read so far, with all aliases expanded. */
  readonly sizes: WeakMap<ConfigNode, Size>;
  /** The total expansion of all aliases so far. */
  expanded: number;
  /** The number of members that merge keys have added so far. */
  merged: number;
}

interface Size {
  readonly characters: number;
  readonly levels: number;
}

function newAnchors(): Anchors {
  return { nodes: new Map(), sizes: new WeakMap(), expanded: 0, merged: 0 };
}

/**
 * Returns where nesting that is too deep begins, on which the library takes time quadratic in the depth. Its lexer does
 * not.
 */
function tooDeepAt(text: string): number | undefined {
  if ((text.match(NESTING) ?? []).length <= MOST_NESTED) return undefined;
  let at = 0;
  let brackets = 0;
  let inLine = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets++;
    else if ((token === ']' || token === '}') && brackets > 0) brackets--;
    else if (token === '-' || token === '?' || token === ':') inLine++;
    else if (token.startsWith('\n')) inLine = 0;
    // A pair in brackets also has a colon, which nests nothing.
    if (brackets > MOST_NESTED || (brackets === 0 && inLine > MOST_NESTED)) return at;
    if (!MARKS.has(token)) at += token.length;
  }
  return undefined;
}

/** Up to this depth, only the values that are too deep are lost, not the file. */
const MOST_NESTED = 1000;
const NESTING = /[[{]|[-?:](?=[ \t])/g;
/** Tokens of the lexer without text: the start of a file or document, and of a scalar. */
const MARKS: ReadonlySet<string> = new Set(['\u{feff}', '\u0002', '\u0018', '\u001f']);

function toTree(members: Part['members'], problems: readonly ParseProblem[], end: number): ConfigTree {
  return {
    root: members === undefined ? undefined : { type: 'map', span: { start: 0, end }, members },
    problems,
  };
}

/**
 * Splits the text from each line that begins with a key to the next one. Comments, items and closing brackets do not
 * begin a part.
 */
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
 * Keeps the one key at the start of a part: text indented less than its value and more than its key belongs to nothing.
 * A bare word is a key that is being typed.
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
      // The library places an error about missing input behind the end.
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
    const reader: Reader = { offset, anchors, problems };
    return { members: readMembers(contents, reader, 1), problems, isBroken };
  } catch (error) {
    // The library should not throw; if it does, most likely on hostile nesting, this part of the file is unread.
    const message = error instanceof RangeError ? TOO_DEEP : 'It cannot be read.';
    const span = { start: offset, end: offset + text.length };
    return { members: undefined, problems: [{ message, span }], isBroken: true };
  }
}

/** The library inserts a scalar without a token where there is no value. */
function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.value === null && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0);
}

interface Reader {
  readonly offset: number;
  readonly anchors: Anchors;
  readonly problems: ParseProblem[];
}

function spanOf(range: readonly number[] | undefined, offset: number): Span {
  const start = range?.[0] ?? 0;
  return { start: start + offset, end: Math.max(start, range?.[1] ?? start) + offset };
}

function readNode(node: unknown, reader: Reader, depth: number): ConfigNode | undefined {
  if (depth > MAX_CONFIG_DEPTH) {
    if (node !== null && node !== undefined) report(reader, TOO_DEEP, node);
    return undefined;
  }
  if (isAlias(node)) return readAlias(node, reader, depth);
  const { nodes, sizes } = reader.anchors;
  const read = readOwn(node, reader, depth);
  if (read === undefined) return undefined;
  if (read.type !== 'scalar') sizes.set(read, sizeOfParts(read, sizes));
  const anchor = (node as { readonly anchor?: string } | null | undefined)?.anchor;
  if (anchor !== undefined) nodes.set(anchor, read);
  return read;
}

function report({ problems, offset }: Reader, message: string, node: unknown): void {
  if (problems.length >= MOST_PROBLEMS) return;
  problems.push({ message, span: spanOf((node as Alias).range ?? undefined, offset) });
}

function readAlias(node: Alias, reader: Reader, depth: number): ConfigNode | undefined {
  const { anchors } = reader;
  const read = anchors.nodes.get(node.source);
  if (read === undefined) {
    report(reader, 'This refers to an anchor that is not defined above.', node);
    return undefined;
  }
  const { characters, levels } = sizeOf(read, anchors.sizes);
  if (depth + levels > MAX_CONFIG_DEPTH) report(reader, TOO_DEEP, node);
  else if (anchors.expanded + characters > MOST_EXPANDED) report(reader, TOO_LARGE, node);
  else {
    anchors.expanded += characters;
    return read;
  }
  return undefined;
}

const TOO_LARGE = 'The aliases up to here expand to more than is read.';

function sizeOf(node: ConfigNode | undefined, sizes: Anchors['sizes']): Size {
  if (node === undefined) return { characters: 1, levels: 0 };
  if (node.type === 'scalar') return { characters: 1 + node.text.length, levels: 0 };
  return sizes.get(node) ?? sizeOfParts(node, sizes);
}

function sizeOfParts(node: ConfigList | ConfigMap, sizes: Anchors['sizes']): Size {
  let characters = 1;
  let levels = 0;
  const add = (part: ConfigNode | undefined) => {
    const size = sizeOf(part, sizes);
    characters += size.characters;
    levels = Math.max(levels, size.levels);
  };
  if (node.type === 'list') for (const item of node.items) add(item);
  else
    for (const { key, value } of node.members) {
      characters += key.length;
      add(value);
    }
  return { characters, levels: levels + 1 };
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
  // No token: the value is still to be typed.
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

/** Returns the members that `<<: *name` or `<<: [*a, *b]` merges in; for a key in several maps, the first wins. */
function mergedMembers({ keySpan, value }: ConfigMember, reader: Reader): readonly ConfigMember[] {
  const maps = value?.type === 'list' ? value.items : value === undefined ? [] : [value];
  if (value === undefined || maps.some(({ type }) => type !== 'map')) {
    reader.problems.push({ message: 'Only a mapping can be merged here.', span: keySpan });
  }
  const members = new Map<string, ConfigMember>();
  for (const map of maps) {
    if (map.type !== 'map') continue;
    reader.anchors.merged += map.members.length;
    if (reader.anchors.merged > MOST_MERGED) {
      reader.problems.push({ message: TOO_LARGE, span: keySpan });
      break;
    }
    for (const member of map.members) if (!members.has(member.key)) members.set(member.key, member);
  }
  return [...members.values()];
}
