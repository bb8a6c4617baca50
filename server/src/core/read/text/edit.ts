import type { Span } from './span.ts';

/** One replacement in a text. An empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/**
 * Returns the text after all edits, whose offsets refer to the original text. Edits must not overlap; insertions at one
 * place keep their order.
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

/** Returns the newline of a text, by its first line ending; "\n" if it has none. */
export function newlineOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
}

export function insertionAt(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

/** Appends lines to a text, after an empty line if it has any others. */
export function appendLines(text: string, lines: readonly string[]): TextEdit {
  const newline = newlineOf(text);
  const glue = text === '' || /[\r\n]$/.test(text) ? '' : newline;
  const gap = text.trim() === '' ? '' : newline;
  return insertionAt(text.length, glue + gap + [...lines, ''].join(newline));
}
