import { newlineOf, type TextEdit } from '../edit.ts';
import type { Span } from '../span.ts';
import { readGitIgnore } from './git-ignore-patterns.ts';

/** Checks whether a .gitignore with that text ignores the file of that name beside it. */
export function isGitIgnored(text: string, name: string): boolean {
  return readGitIgnore(text, false).judge(name, false) === 'out';
}

/** Returns the lines of a .gitignore that individually ignore the file. */
export function ignoringLines(text: string, name: string): readonly Span[] {
  const lines: Span[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end).replace(/\r$/, '');
    if (isGitIgnored(line, name)) lines.push({ start, end: start + line.trimEnd().length });
    start = end + 1;
  }
  return lines;
}

/**
 * Returns edits that make git keep the file: removes the lines that name the file; if a pattern ignores more than the
 * file, adds an exception at the end.
 */
export function unignore(text: string, name: string): readonly TextEdit[] {
  const lines = ignoringLines(text, name);
  const named = (span: Span) => [name, `/${name}`, `**/${name}`].includes(text.slice(span.start, span.end));
  if (lines.every(named)) {
    return lines.map((span) => {
      const newline = text.indexOf('\n', span.start);
      return { span: { start: span.start, end: newline === -1 ? text.length : newline + 1 }, newText: '' };
    });
  }
  const newline = newlineOf(text);
  const glue = text === '' || text.endsWith('\n') ? '' : newline;
  return [{ span: { start: text.length, end: text.length }, newText: `${glue}!/${name}${newline}` }];
}
