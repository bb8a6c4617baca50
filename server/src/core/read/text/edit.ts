import type { Span } from './span.ts';

/** One replacement in a text. An empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/**
 * The text after all edits, which are given in offsets of the text before any of them.
 * Edits must not overlap; insertions at one place keep their order.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.map((edit, order) => ({ edit, order }));
  ordered.sort(
    (a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.order - b.order,
  );
  let result = '';
  let at = 0;
  for (const { edit } of ordered) {
    if (edit.span.start < at) throw new RangeError('edits overlap');
    result += text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  return result + text.slice(at);
}

/** The newline that a text uses, judged by its first line end; "\n" where it has none. */
export function newlineOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
}

export function insertionAt(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

/** Puts lines at the end of a text, behind an empty line where it has any others. */
export function appendLines(text: string, lines: readonly string[]): TextEdit {
  const newline = newlineOf(text);
  const glue = text === '' || /[\r\n]$/.test(text) ? '' : newline;
  const gap = text.trim() === '' ? '' : newline;
  return insertionAt(text.length, glue + gap + [...lines, ''].join(newline));
}
