/** A half-open range of UTF-16 code units in a source text. Spans of string tokens include their quotes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A string read from a source text, with the span of its token (quotes included). */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

/** Checks whether `offset` is in the span, including its end, because a cursor after the last character counts. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Returns the span without its first and last character, for the text between the quotes of a string token. */
export function insideQuotes(span: Span): Span {
  return { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) };
}

/** The start of a text: the place for a finding without a token. */
export const START: Span = { start: 0, end: 0 };
