import type { Span } from '../span.ts';

/** The text's first line without its blanks and line end: where a finding about a whole file goes. */
export function firstLine(text: string): Span {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const newline = text.indexOf('\n', start);
  const end = newline === -1 ? text.length : newline;
  return { start, end: start + text.slice(start, end).trimEnd().length };
}
