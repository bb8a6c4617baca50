import type { TextEdit } from '../../text/edit.ts';
import { lineEnd } from '../../text/lines/line-end.ts';
import type { Span } from '../../text/span.ts';

/**
 * Returns an edit that removes the lines of a setting or list item, from its first to its last line. Undefined if they
 * hold anything else but a comment.
 */
export function removeLines(text: string, { start, end }: Span): TextEdit | undefined {
  const first = text.lastIndexOf('\n', start - 1) + 1;
  const last = lineEnd(text, end);
  const next = text.startsWith('\r\n', last) ? last + 2 : Math.min(last + 1, text.length);
  const before = text.slice(first, start);
  const behind = text.slice(end, last);
  const isAlone = /^[ \t]*(?:-[ \t]+)?$/.test(before) && /^[ \t]*(?:#.*)?$/.test(behind);
  return isAlone ? { span: { start: first, end: next }, newText: '' } : undefined;
}
