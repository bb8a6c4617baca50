import type { Span } from '../../text/span.ts';

/** More than that explains something else. */
const MOST_LINES = 8;
const LONGEST = 500;

export type CommentMark = '#' | '//';

/**
 * The comment that stands beside an entry: behind it on its line, else on the lines right above it. People write there
 * why an entry is there where its format has no place for it.
 */
export function nearbyComment(text: string, span: Span, mark: CommentMark): string | undefined {
  const behind = commentIn(restOfLine(text, span.end), mark, /^[\s,;}\]]*$/);
  if (behind !== undefined) return behind;
  const { words } = commentAbove(text, span, mark);
  return words.length === 0 ? undefined : words.join(' ').slice(0, LONGEST);
}

/** Where the lines of comments right above an entry begin, or its own line where there are none. */
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

/** What stands behind the mark, where what stands before it is no more than the pattern allows. */
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
