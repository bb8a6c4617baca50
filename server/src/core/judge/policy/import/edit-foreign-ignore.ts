import type { ConfigMember } from '../../../read/config/tree/config-tree.ts';
import type { ForeignIgnore } from '../../../read/policy-file/import/foreign-ignore.ts';
import { startWithComment } from '../../../read/policy-file/import/nearby-comment.ts';
import type { TextEdit } from '../../../read/text/edit.ts';
import { removeItem, removeProperty } from '../../../read/text/json/json-edit.ts';
import { removeYamlItem } from './remove-yaml-item.ts';

/** A file with entries of another tool; `settings` if it is YAML. */
export interface ForeignFile {
  readonly text: string;
  readonly settings?: readonly ConfigMember[];
}

/** Returns edits that remove an entry with its comment; undefined if the text does not allow it. */
export function removeForeignIgnore(
  { text, settings }: ForeignFile,
  { tool, span, entrySpan }: ForeignIgnore,
): readonly TextEdit[] | undefined {
  if (settings !== undefined) {
    const edit = removeYamlItem(text, settings, span);
    return edit === undefined ? undefined : [edit];
  }
  switch (tool) {
    case 'audit-resolve':
      return removeProperty(text, entrySpan);
    case 'better-npm-audit': {
      const edits = removeProperty(text, entrySpan);
      return edits?.length === 0 ? removeItem(text, entrySpan) : edits;
    }
    case 'osv-scanner':
      return removeTable(text, entrySpan.start);
    default:
      return withoutComment(text, entrySpan.start, removeItem(text, entrySpan));
  }
}

/** Returns edits that extend an entry until the end of a day; undefined if it has no expiry to extend. */
export function extendForeignIgnore(
  { text }: ForeignFile,
  { tool, expirySpan }: ForeignIgnore,
  day: string,
): readonly TextEdit[] | undefined {
  if (expirySpan === undefined) return undefined;
  const token = text.slice(expirySpan.start, expirySpan.end);
  const isQuoted = /^["']/.test(token);
  const isInstant = !isQuoted && tool !== 'osv-scanner';
  const newText = isInstant ? String(Date.parse(`${day}T23:59:59Z`)) : isQuoted ? JSON.stringify(day) : day;
  return [{ span: expirySpan, newText }];
}

/** Removes a `[[table]]` with all its lines, the comment above it and the empty lines below. */
function removeTable(text: string, start: number): readonly TextEdit[] | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const header = /^\s*\[\[/.test(text.slice(lineStart, start + 2));
  if (!header) return undefined;
  const next = /^[ \t]*\[/gm;
  next.lastIndex = text.indexOf('\n', start) + 1;
  const match = next.lastIndex === 0 ? null : next.exec(text);
  const end = match === null ? text.length : startWithComment(text, at(match.index), '#');
  return [{ span: { start: startWithComment(text, at(start), '#'), end }, newText: '' }];
}

function at(offset: number) {
  return { start: offset, end: offset };
}

/** Adds the comment lines above an entry to its removal if the whole line is removed. */
function withoutComment(
  text: string,
  start: number,
  edits: readonly TextEdit[] | undefined,
): readonly TextEdit[] | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const comment = startWithComment(text, at(start), '//');
  const goesWithLine = edits?.some(({ span }) => span.start === lineStart) === true;
  if (edits === undefined || comment === lineStart || !goesWithLine) return edits;
  return [{ span: { start: comment, end: lineStart }, newText: '' }, ...edits];
}
