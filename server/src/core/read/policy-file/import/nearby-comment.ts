import type { Span } from '../../text/span.ts';

/** A longer comment explains something else. */
const MOST_LINES = 8;
const LONGEST = 500;

export type CommentMark = '#' | '//';

/**
 * Returns the comment beside an entry: after it on its line, otherwise on the lines right above it. People explain an
 * entry there if its format has no field for a reason.
 */
export function nearbyComment(text: string, span: Span, mark: CommentMark): string | undefined {
  const behind = commentIn(restOfLine(text, span.end), mark, /^[\s,;}\]]*$/);
  if (behind !== undefined) return behind;
  const { words } = commentAbove(text, span, mark);
  return words.length === 0 ? undefined : words.join(' ').slice(0, LONGEST);
}

/** Returns where the comment lines right above an entry begin, or its own line if there are none. */
export function startWithComment(text: string, span: Span, mark: CommentMark): number {
  return commentAbove(text, span, mark).start;
}

function commentAbove(
  text: string,
  { start }: Span,
  mark: CommentMark,
): { readonly words: readonly string[]; readonly start: number } {
  const words: string[] = [];
  let lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const isFirst = text.slice(lineStart, start).replace(/[-\s{["']/g, '') === '';
  while (isFirst && lineStart > 0 && words.length < MOST_LINES) {
    const above = text.lastIndexOf('\n', lineStart - 2) + 1;
    const comment = commentIn(text.slice(above, lineStart - 1), mark, /^\s*$/);
    if (comment === undefined) break;
    words.unshift(comment);
    lineStart = above;
  }
  return { words, start: lineStart };
}

/** Returns the text after the mark if the text before it matches the pattern. */
function commentIn(line: string, mark: string, before: RegExp): string | undefined {
  const at = line.indexOf(mark);
  if (at === -1 || !before.test(line.slice(0, at))) return undefined;
  const words = line
    .slice(at)
    .replace(/^[#/\s]+/, '')
    .trim();
  return words === '' ? undefined : words.slice(0, LONGEST);
}

function restOfLine(text: string, from: number): string {
  const newline = text.indexOf('\n', from);
  return text.slice(from, newline === -1 ? undefined : newline);
}
