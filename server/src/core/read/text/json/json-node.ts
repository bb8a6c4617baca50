import type { ParseProblem } from '../problem.ts';
import type { Span } from '../span.ts';

export interface JsonObject {
  readonly type: 'object';
  readonly span: Span;
  /** Whether its `}` is present. */
  readonly closed: boolean;
  /** In source order, including duplicates. */
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
  /** Whether its closing quote is present and every escape is valid. */
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
  /** From the key to the end of the value, as far as present. */
  readonly span: Span;
  /** Offset of the comma after it. */
  readonly comma: number | undefined;
}

export interface JsonItem {
  readonly value: JsonNode;
  readonly span: Span;
  readonly comma: number | undefined;
}

/**
 * A JSON text as far as it could be read. Comments are kept separately: the reader decides whether they are a problem.
 */
export interface JsonTree {
  readonly root: JsonNode | undefined;
  readonly comments: readonly Span[];
  readonly problems: readonly ParseProblem[];
}
