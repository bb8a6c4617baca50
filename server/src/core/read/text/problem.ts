import type { Span } from './span.ts';

/** Something a parser could not read. The parser goes on and gives what it could. */
export interface ParseProblem {
  readonly message: string;
  readonly span: Span;
}
