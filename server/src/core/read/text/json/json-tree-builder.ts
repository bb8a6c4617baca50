import type { ParseProblem } from '../problem.ts';
import type { Span } from '../span.ts';
import type {
  JsonArray,
  JsonItem,
  JsonNode,
  JsonObject,
  JsonProperty,
  JsonString,
  JsonTree,
} from './json-node.ts';

/** The numbers of jsonc-parser's SyntaxKind, a const enum, which cannot be imported as values. */
export const TOKEN = {
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
/** Its span is a separate object, and grows. */
type OpenProperty = Omit<Mutable<JsonProperty>, 'span'> & { span: Mutable<Span>; finished: boolean };
type OpenItem = Mutable<JsonItem>;
type OpenObject = Omit<Mutable<JsonObject>, 'members'> & { members: OpenProperty[] };
type OpenArray = Omit<Mutable<JsonArray>, 'members'> & { members: OpenItem[] };

/** Builds a tree from the tokens of a text. Its state: the open containers, innermost last. */
export class JsonTreeBuilder {
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

  /** Checks whether the innermost container is an object that accepts a member here, with no error before it. */
  awaitsMember(): boolean {
    const container = this.#open.at(-1);
    if (container?.type !== 'object') return false;
    const last = container.members.at(-1);
    return last === undefined || last.comma !== undefined;
  }

  /** Adds a key, a colon, a complete value and optionally a comma when the builder `awaitsMember`. */
  addMember(key: string, keySpan: Span, colon: number, value: JsonString, comma: number | undefined): void {
    const span = { start: keySpan.start, end: value.span.end };
    const { members } = this.#open.at(-1) as OpenObject;
    members.push({ key, keySpan, colon, value, span, comma, finished: true });
    this.#lastEnd = comma === undefined ? span.end : comma + 1;
  }

  /** Adds a token. `error` is 0 for a valid one; `decoded` is the value of a string or the text of a number. */
  add(token: number, start: number, end: number, error: number, decoded: string): void {
    if (token === TOKEN.trivia || token === TOKEN.lineBreak) return;
    const span = { start, end };
    if (token === TOKEN.lineComment || token === TOKEN.blockComment) {
      this.#comments.push(span);
      if (error !== 0) this.#problem('The comment has no end.', span);
      return;
    }
    this.#lastEnd = end;
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

  /** Returns the property of the innermost object that still waits for its colon or its value. */
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
      else this.#problem('Unexpected text after the end.', node.span);
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

  /** Closes the nearest container of the token's type, and the open ones inside it. */
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
      this.#problem('Nothing follows the comma.', { start: comma, end: comma + 1 });
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
