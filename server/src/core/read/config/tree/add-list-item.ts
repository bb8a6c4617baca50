import { appendLines, insertionAt, newlineOf, type TextEdit } from '../../text/edit.ts';
import { lineEnd } from '../../text/lines/line-end.ts';
import type { Span } from '../../text/span.ts';
import type { ConfigMember } from './config-tree.ts';

/** A list in a YAML or TOML file that an item is added to. */
export interface ListPlace {
  readonly text: string;
  readonly syntax: 'yaml' | 'toml';
  readonly key: string;
  /** The list's member, where the file has one. */
  readonly member: ConfigMember | undefined;
  /** The setting of one line, in the same table, that a new list is put below; without it a new list ends the file. */
  readonly below: Span | undefined;
}

/** Undefined where the file has the list, or what the new one would stand below, in a form that no line can be added to. */
export function addListItem(place: ListPlace, item: string): TextEdit | undefined {
  const { text, member } = place;
  if (member === undefined) return newList(place, item);
  const { keySpan, value } = member;
  if (value === undefined) return isAloneBehind(text, keySpan) ? firstItem(place, keySpan, item) : undefined;
  // What an alias stands for is elsewhere.
  if (value.type !== 'list' || value.span.start < keySpan.end) return undefined;
  const last = value.items.at(-1);
  if (text[value.span.start] === '[') {
    if (last === undefined) return insertionAt(value.span.start + 1, quoted(item, place, undefined));
    const written = quoted(item, place, last.span);
    const indent = blanksBefore(text, last.span.start);
    if (indent === undefined) return insertionAt(last.span.end, `, ${written}`);
    const end = lineEnd(text, last.span.end);
    const line = `${newlineOf(text)}${indent}${written}`;
    const hasComma = /^[ \t]*,[ \t]*(?:#.*)?$/.test(text.slice(last.span.end, end));
    return hasComma ? insertionAt(end, `${line},`) : insertionAt(last.span.end, `,${line}`);
  }
  if (last?.type !== 'scalar') return undefined;
  const start = text.lastIndexOf('\n', last.span.start - 1) + 1;
  const dash = text.slice(start, last.span.start);
  if (!/^[ \t]*-[ \t]+$/.test(dash) || text.slice(last.span.start, last.span.end).includes('\n')) {
    return undefined;
  }
  return insertionAt(lineEnd(text, last.span.end), newlineOf(text) + dash + quoted(item, place, last.span));
}

/** The item in the place of another one, as that one is quoted. */
export function replaceListItem(place: ListPlace, old: Span, item: string): TextEdit {
  return { span: old, newText: quoted(item, place, old) };
}

function newList(place: ListPlace, item: string): TextEdit | undefined {
  const { text, syntax, key, below } = place;
  const written = quoted(item, place, undefined);
  const lines = syntax === 'toml' ? [`${key} = [${written}]`] : [`${key}:`, `  - ${written}`];
  if (below === undefined) {
    return syntax === 'yaml' && !/^\s*\{/.test(text) ? appendLines(text, lines) : undefined;
  }
  const indent = blanksBefore(text, below.start);
  if (indent === undefined) return undefined;
  const newline = newlineOf(text);
  return insertionAt(lineEnd(text, below.end), lines.map((line) => newline + indent + line).join(''));
}

function firstItem(place: ListPlace, { start, end }: Span, item: string): TextEdit | undefined {
  const indent = blanksBefore(place.text, start);
  if (indent === undefined || place.syntax === 'toml') return undefined;
  const line = `${newlineOf(place.text)}${indent}  - ${quoted(item, place, undefined)}`;
  return insertionAt(lineEnd(place.text, end), line);
}

/** As the item before it; a bare word where YAML takes it for itself. */
function quoted(item: string, { text, syntax }: ListPlace, before: Span | undefined): string {
  const quote = before === undefined ? undefined : text[before.start];
  if (quote === "'" && !/['\\]/.test(item)) return `'${item}'`;
  const isBare = syntax === 'yaml' && quote !== '"' && /^[a-z][\w./@-]*(?: \|\| [\w.+-]+)*$/i.test(item);
  return isBare ? item : JSON.stringify(item);
}

/** The blanks before the first thing on a line; undefined for what stands behind another. */
function blanksBefore(text: string, offset: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** Whether behind a key there is only its colon, and perhaps a comment. */
function isAloneBehind(text: string, { end }: Span): boolean {
  return /^[ \t]*:[ \t]*(?:#.*)?$/.test(text.slice(end, lineEnd(text, end)));
}
