import type { ParseProblem } from '../problem.ts';
import type { Span } from '../span.ts';

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
