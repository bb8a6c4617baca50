import type { TextEdit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

/** Another text in place of a token, in the quotes that it has. */
export function replaceToken(text: string, span: Span, value: string): TextEdit {
  const quote = /^["']/.exec(text.slice(span.start, span.end))?.[0] ?? '';
  return { span, newText: quote + value + quote };
}
