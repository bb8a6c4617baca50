import type { TextEdit } from '../../../read/text/edit.ts';
import type { Span } from '../../../read/text/span.ts';

/** Replaces a token and keeps its quotes. */
export function replaceToken(text: string, span: Span, value: string): TextEdit {
  const quote = /^["']/.exec(text.slice(span.start, span.end))?.[0] ?? '';
  return { span, newText: quote + value + quote };
}
