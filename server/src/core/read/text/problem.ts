import type { Span } from './span.ts';

/** Something that a parser could not read. The parser continues and returns what it could. */
export interface ParseProblem {
  readonly message: string;
  readonly span: Span;
}
