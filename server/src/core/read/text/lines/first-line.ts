import type { Span } from '../span.ts';

/** Returns the span of the first line without whitespace and line ending: the place for a finding on a whole file. */
export function firstLine(text: string): Span {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const newline = text.indexOf('\n', start);
  const end = newline === -1 ? text.length : newline;
  return { start, end: start + text.slice(start, end).trimEnd().length };
}
