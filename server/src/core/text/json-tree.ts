import { createScanner } from 'jsonc-parser';
import type { ParseProblem } from './problem.ts';
import type { Span } from './span.ts';

export interface JsonObject {
  readonly type: 'object';
  readonly span: Span;
  /** Whether its `}` is there. */
  readonly closed: boolean;
  /** In the order of the text, duplicates included. */
  readonly members: readonly JsonProperty[];
}

export interface JsonArray {
  readonly type: 'array';
  readonly span: Span;
  readonly closed: boolean;
  readonly members: readonly JsonItem[];
}

export interface JsonString {
  readonly type: 'string';
  readonly span: Span;
  readonly value: string;
  /** Whether its closing quote is there and every escape is one. */
  readonly closed: boolean;
}

export interface JsonLiteral {
  readonly type: 'number' | 'boolean' | 'null';
  readonly span: Span;
  readonly value: number | boolean | null;
}

export type JsonNode = JsonObject | JsonArray | JsonString | JsonLiteral;

export interface JsonProperty {
  readonly key: string;
  readonly keySpan: Span;
  /** Offset of the colon. */
  readonly colon: number | undefined;
  readonly value: JsonNode | undefined;
  /** From the key to the end of the value, or of what there is of it. */
  readonly span: Span;
  /** Offset of the comma behind it. */
  readonly comma: number | undefined;
}

export interface JsonItem {
  readonly value: JsonNode;
  readonly span: Span;
  readonly comma: number | undefined;
}

/** A JSON text as far as it could be read. Comments are kept apart: whether they are a problem is the reader's affair. */
export interface JsonTree {
  readonly root: JsonNode | undefined;
  readonly comments: readonly Span[];
  readonly problems: readonly ParseProblem[];
}

/**
 * Reads JSON with comments, whatever state it is in: it never throws, does not recurse (nesting may be hostile), keeps
 * duplicate keys, and goes on behind each mistake. A key without a value in front of another property does not swallow
 * that property's key, because that is how a line looks while it is being typed.
 */
export function parseJsonTree(text: string, options: { readonly trailingCommas?: boolean } = {}): JsonTree {
  const builder = new TreeBuilder(options.trailingCommas ?? false);
  let scanner: ReturnType<typeof createScanner> | undefined;
  let at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === LINE_FEED || code === RETURN || code === TAB) {
      at++;
      continue;
    }
    const mark = markToken(code);
    if (mark !== undefined) {
      builder.add(mark, { start: at, end: at + 1 }, 0, '');
      at++;
      continue;
    }
    const end = code === QUOTE ? plainStringEnd(text, at) : -1;
    if (end !== -1) {
      builder.add(TOKEN.string, { start: at, end }, 0, text.slice(at + 1, end - 1));
      at = end;
      continue;
    }
    // All that a manifest has by the thousand is read; the rest is left to a scanner that knows every case.
    scanner ??= createScanner(text, false);
    scanner.setPosition(at);
    const token: number = scanner.scan();
    const start = scanner.getTokenOffset();
    at = Math.min(start + scanner.getTokenLength(), text.length);
    builder.add(token, { start, end: at }, scanner.getTokenError(), scanner.getTokenValue());
  }
  return builder.finish();
}

const [TAB, LINE_FEED, RETURN, SPACE, QUOTE, BACKSLASH] = [9, 10, 13, 32, 34, 92];

function markToken(code: number): number | undefined {
  switch (code) {
    case 44:
      return TOKEN.comma;
    case 58:
      return TOKEN.colon;
    case 91:
      return TOKEN.openBracket;
    case 93:
      return TOKEN.closeBracket;
    case 123:
      return TOKEN.openBrace;
    case 125:
      return TOKEN.closeBrace;
    default:
      return undefined;
  }
}

/** The end of a string that is complete and has no escape, its quotes included; -1 for any other. */
function plainStringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH || code < SPACE) return -1;
  }
  return -1;
}

/** The last property of that name: the one that JSON.parse, and so npm, takes. */
export function propertyOf(node: JsonNode | undefined, key: string): JsonProperty | undefined {
  if (node?.type !== 'object') return undefined;
  for (let at = node.members.length - 1; at >= 0; at--) {
    const property = node.members[at]!;
    if (property.key === key) return property;
  }
  return undefined;
}

/** The text of a string that is complete. */
export function stringOf(node: JsonNode | undefined): string | undefined {
  return node?.type === 'string' && node.closed ? node.value : undefined;
}

const BYTE_ORDER_MARK = 0xfeff;

/** The numbers of jsonc-parser's SyntaxKind, a const enum, which cannot be imported as values. */
const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  nullKeyword: 7,
  trueKeyword: 8,
  falseKeyword: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  trivia: 15,
  end: 17,
} as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** Its span is its own, and grows. */
type OpenProperty = Omit<Mutable<JsonProperty>, 'span'> & { span: Mutable<Span>; finished: boolean };
type OpenItem = Mutable<JsonItem>;
type OpenObject = Omit<Mutable<JsonObject>, 'members'> & { members: OpenProperty[] };
type OpenArray = Omit<Mutable<JsonArray>, 'members'> & { members: OpenItem[] };

/** The parser's state: the containers that are open, innermost last. */
class TreeBuilder {
  readonly #trailingCommas: boolean;
  readonly #open: (OpenObject | OpenArray)[] = [];
  readonly #openCount = { object: 0, array: 0 };
  readonly #comments: Span[] = [];
  readonly #problems: ParseProblem[] = [];
  #root: JsonNode | undefined;
  #lastEnd = 0;

  constructor(trailingCommas: boolean) {
    this.#trailingCommas = trailingCommas;
  }

  add(token: number, span: Span, error: number, decoded: string): void {
    if (token === TOKEN.trivia || token === TOKEN.lineBreak) return;
    if (token === TOKEN.lineComment || token === TOKEN.blockComment) {
      this.#comments.push(span);
      if (error !== 0) this.#problem('The comment has no end.', span);
      return;
    }
    this.#lastEnd = span.end;
    switch (token) {
      case TOKEN.openBrace:
        this.#begin({ type: 'object', span, closed: false, members: [] });
        break;
      case TOKEN.openBracket:
        this.#begin({ type: 'array', span, closed: false, members: [] });
        break;
      case TOKEN.closeBrace:
        this.#close('object', span);
        break;
      case TOKEN.closeBracket:
        this.#close('array', span);
        break;
      case TOKEN.comma:
        this.#comma(span);
        break;
      case TOKEN.colon:
        this.#colon(span);
        break;
      case TOKEN.string:
        if (error !== 0) this.#problem('The string is not complete.', span);
        this.#string({ type: 'string', span, value: decoded, closed: error === 0 });
        break;
      case TOKEN.number:
        this.#value({ type: 'number', span, value: Number(decoded) });
        break;
      case TOKEN.trueKeyword:
      case TOKEN.falseKeyword:
        this.#value({ type: 'boolean', span, value: token === TOKEN.trueKeyword });
        break;
      case TOKEN.nullKeyword:
        this.#value({ type: 'null', span, value: null });
        break;
      default:
        this.#problem('JSON has no such symbol.', span);
        this.#finishProperty();
    }
  }

  finish(): JsonTree {
    while (this.#open.length > 0) {
      const container = this.#open.at(-1)!;
      const closer = container.type === 'object' ? '}' : ']';
      this.#problem(`The closing ${closer} is missing.`, {
        start: container.span.start,
        end: container.span.start + 1,
      });
      this.#leave(this.#lastEnd);
    }
    return { root: this.#root, comments: this.#comments, problems: this.#problems };
  }

  #problem(message: string, span: Span): void {
    this.#problems.push({ message, span });
  }

  /** The property of the innermost object that still waits for its colon or its value. */
  #waiting(): OpenProperty | undefined {
    const container = this.#open.at(-1);
    if (container?.type !== 'object') return undefined;
    const last = container.members.at(-1);
    return last !== undefined && !last.finished ? last : undefined;
  }

  #finishProperty(): void {
    const property = this.#waiting();
    if (property === undefined) return;
    property.finished = true;
    if (property.value === undefined) this.#problem('The value is missing.', property.keySpan);
  }

  #begin(container: OpenObject | OpenArray): void {
    this.#value(container);
    this.#open.push(container);
    this.#openCount[container.type]++;
  }

  #value(node: JsonNode): void {
    const container = this.#open.at(-1);
    if (container === undefined) {
      if (this.#root === undefined) this.#root = node;
      else this.#problem('The text goes on behind its end.', node.span);
      return;
    }
    if (container.type === 'array') {
      const last = container.members.at(-1);
      if (last !== undefined && last.comma === undefined) this.#problem('A comma is missing.', node.span);
      container.members.push({ value: node, span: node.span, comma: undefined });
      return;
    }
    const property = this.#waiting();
    if (property === undefined || property.colon === undefined) {
      this.#problem('A property name in quotes is missing.', node.span);
      return;
    }
    property.value = node;
    property.span.end = node.span.end;
    property.finished = true;
  }

  #string(node: JsonString): void {
    const container = this.#open.at(-1);
    if (container?.type !== 'object' || this.#waiting()?.colon !== undefined) {
      this.#value(node);
      return;
    }
    this.#finishProperty();
    const last = container.members.at(-1);
    if (last !== undefined && last.comma === undefined) this.#problem('A comma is missing.', node.span);
    container.members.push(openProperty(node));
  }

  #colon(span: Span): void {
    const waiting = this.#waiting();
    if (waiting !== undefined && waiting.colon === undefined) {
      waiting.colon = span.start;
      waiting.span.end = span.end;
      return;
    }
    const container = this.#open.at(-1);
    const last = container?.type === 'object' ? container.members.at(-1) : undefined;
    if (container?.type === 'object' && last?.comma === undefined && last?.value?.type === 'string') {
      const key = last.value;
      last.value = undefined;
      last.span = { start: last.span.start, end: (last.colon ?? last.keySpan.end) + 1 };
      this.#problem('The value is missing.', last.keySpan);
      const next = openProperty(key);
      next.colon = span.start;
      next.span = { start: key.span.start, end: span.end };
      container.members.push(next);
      return;
    }
    this.#problem('A colon has no place here.', span);
  }

  #comma(span: Span): void {
    this.#finishProperty();
    const last = this.#open.at(-1)?.members.at(-1);
    if (last === undefined || last.comma !== undefined) this.#problem('A comma has no place here.', span);
    else last.comma = span.start;
  }

  /** A closing token ends the nearest container of its type; those inside that are still open end with it. */
  #close(type: 'object' | 'array', span: Span): void {
    if (this.#openCount[type] === 0) {
      this.#problem(`A ${type === 'object' ? '}' : ']'} has no place here.`, span);
      return;
    }
    while (this.#open.at(-1)!.type !== type) {
      const container = this.#open.at(-1)!;
      this.#problem(`The closing ${container.type === 'object' ? '}' : ']'} is missing.`, span);
      this.#leave(span.start);
    }
    const container = this.#open.at(-1)!;
    this.#finishProperty();
    container.closed = true;
    const comma = container.members.at(-1)?.comma;
    if (comma !== undefined && !this.#trailingCommas) {
      this.#problem('The comma has nothing behind it.', { start: comma, end: comma + 1 });
    }
    this.#leave(span.end);
  }

  #leave(end: number): void {
    this.#finishProperty();
    const container = this.#open.pop()!;
    this.#openCount[container.type]--;
    container.span = { start: container.span.start, end: Math.max(end, container.span.end) };
    const parent = this.#open.at(-1);
    const member = parent?.members.at(-1);
    if (member !== undefined && member.value === container) {
      member.span = { start: member.span.start, end: container.span.end };
    }
  }
}

function openProperty(key: JsonString): OpenProperty {
  return {
    key: key.value,
    keySpan: key.span,
    colon: undefined,
    value: undefined,
    span: { start: key.span.start, end: key.span.end },
    comma: undefined,
    finished: !key.closed,
  };
}
