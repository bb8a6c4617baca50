import { newlineOf, type TextEdit } from '../../text/edit.ts';
import type { Npmrc, NpmrcEntry } from './npmrc.ts';
import { readNpmrc } from './read-npmrc.ts';

/**
 * Returns the edits that set `key` in an .npmrc; `text` is undefined if the file does not exist yet. Changes the line
 * that npm reads if there is one; otherwise adds a line above the credentials and above any [section], because npm
 * would not read it below a section.
 */
export function setNpmrcKey(text: string | undefined, key: string, value: string): readonly TextEdit[] {
  const line = `${key}=${encode(value)}`;
  if (text === undefined) return [{ span: { start: 0, end: 0 }, newText: `${line}\n` }];

  const npmrc = readNpmrc('', text, 'project');
  const present = npmrc.entries.findLast((entry) => entry.key === key && !entry.list);
  if (present !== undefined) {
    const keyAlone = present.valueSpan === present.keySpan;
    const span = keyAlone ? { start: present.keySpan.end, end: present.keySpan.end } : present.valueSpan;
    if (present.value === value && !keyAlone) return [];
    return [{ span, newText: keyAlone ? `=${encode(value)}` : encode(value) }];
  }

  return [aboveCredentials(text, [line])];
}

/** Returns the edit that adds lines above the credentials and above any [section]. */
export function aboveCredentials(text: string, lines: readonly string[]): TextEdit {
  const newline = newlineOf(text);
  const above = aboveComments(text, firstLineToStayBelow(text, readNpmrc('', text, 'project')));
  const before = above === 0 && text.startsWith('\ufeff') ? 1 : above;
  const added = lines.map((line) => line + newline).join('');
  if (before < text.length) return { span: { start: before, end: before }, newText: added };
  const glue = text === '' || text === '\ufeff' || text.endsWith('\n') || text.endsWith('\r') ? '' : newline;
  return { span: { start: text.length, end: text.length }, newText: glue + added };
}

/** Returns the edits that delete every line of `key`, each with its line ending. */
export function removeNpmrcKey(text: string, key: string): readonly TextEdit[] {
  return removeLines(text, (entry) => entry.key === key);
}

/** Returns the edits that delete the chosen lines, each with its line ending. */
export function removeLines(text: string, isChosen: (entry: NpmrcEntry) => boolean): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const entry of readNpmrc('', text, 'project').entries) {
    if (!isChosen(entry)) continue;
    let end = entry.lineSpan.end;
    if (text[end] === '\r') end++;
    if (text[end] === '\n') end++;
    edits.push({ span: { start: entry.lineSpan.start, end }, newText: '' });
  }
  return edits;
}

/** Returns the offset of the first credential or [section] line, or the end of the text. */
function firstLineToStayBelow(text: string, npmrc: Npmrc): number {
  const credential = npmrc.entries.find((entry) => entry.key.startsWith('//'));
  const section = npmrc.problems.find((problem) => text[problem.span.start] === '[');
  return Math.min(credential?.lineSpan.start ?? text.length, section?.span.start ?? text.length);
}

/** Skips backwards over comments right above a line, which belong to it. */
function aboveComments(text: string, lineStart: number): number {
  let at = lineStart;
  while (at < text.length && at > 0) {
    const previous = Math.max(text.lastIndexOf('\n', at - 2) + 1, 0);
    const line = text.slice(previous, at).trim();
    if (previous >= at || !(line.startsWith(';') || line.startsWith('#'))) return at;
    at = previous;
  }
  return at;
}

/** Quotes the value if npm would read the bare text differently. */
function encode(value: string): string {
  return /[;#\\\r\n]|^["'\s]|\s$/.test(value) ? JSON.stringify(value) : value;
}
