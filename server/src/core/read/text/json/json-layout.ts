import { newlineOf, type TextEdit } from '../edit.ts';
import type { Span } from '../span.ts';
import type { JsonArray, JsonItem, JsonObject, JsonProperty, JsonTree } from './json-node.ts';

/** Plain JSON. */
export type JsonData =
  | null
  | boolean
  | number
  | string
  | readonly JsonData[]
  | { readonly [key: string]: JsonData };

/** The style in which a text writes JSON, for additions to match. */
export interface JsonLayout {
  readonly newline: string;
  /** One level of indentation. */
  readonly unit: string;
  /** Between a key and its value: `: ` or `:`. */
  readonly colon: string;
}

type Container = JsonObject | JsonArray;
type Member = JsonProperty | JsonItem;

/** Derives the layout from the text's first property; two spaces and `: ` if there is none. */
export function layoutOf(text: string, tree: JsonTree): JsonLayout {
  const newline = newlineOf(text);
  const root = tree.root;
  const first = root?.type === 'object' ? root.members[0] : undefined;
  if (root === undefined || first === undefined) return { newline, unit: '  ', colon: ': ' };
  const own = indentBefore(text, first.span.start);
  const outer = indentOfLine(text, root.span.start);
  const unit = own?.startsWith(outer) && own.length > outer.length ? own.slice(outer.length) : '  ';
  const between = first.value === undefined ? ': ' : text.slice(first.keySpan.end, first.value.span.start);
  return { newline, unit, colon: /^[ \t]*:[ \t]*$/.test(between) ? between : ': ' };
}

/** Formats the value: on one line, or over several with `indent` before each line but the first. */
export function writeJson(value: JsonData, layout: JsonLayout, indent: string, oneLine: boolean): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = indent + layout.unit;
  const isArray = Array.isArray(value);
  const members = isArray
    ? value.map((item: JsonData) => writeJson(item, layout, inner, oneLine))
    : Object.entries(value).map(([key, item]) => writeProperty(key, item, layout, inner, oneLine));
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return open + close;
  const space = /\s$/.test(layout.colon) ? ' ' : '';
  if (oneLine) {
    const padding = isArray ? '' : space;
    return open + padding + members.join(`,${space}`) + padding + close;
  }
  const separator = layout.newline + inner;
  return open + separator + members.join(`,${separator}`) + layout.newline + indent + close;
}

export function writeProperty(
  key: string,
  value: JsonData,
  layout: JsonLayout,
  indent: string,
  oneLine: boolean,
): string {
  return JSON.stringify(key) + layout.colon + writeJson(value, layout, indent, oneLine);
}

/**
 * Returns edits that insert a member before the one at `index`, or after the last. `write` formats it, given the
 * indentation of its line and whether the container is on one line. Comments stay with their members.
 */
export function insertMember(
  text: string,
  tree: JsonTree,
  container: Container,
  index: number,
  layout: JsonLayout,
  write: (indent: string, oneLine: boolean) => string,
): readonly TextEdit[] {
  const members: readonly Member[] = container.members;
  const indent = memberIndent(text, container, layout);
  const onNewLine = layout.newline + indent;
  const previous = members[index - 1];
  const next = members[index];
  const open = container.span.start + 1;
  if (previous === undefined && next === undefined) return fillEmpty(text, tree, container, layout, write);

  if (previous === undefined) {
    const before = text.slice(open, next!.span.start);
    if (!before.includes('\n')) {
      return [insert(next!.span.start, `${write(indent, true)},${gapOf(text, container)}`)];
    }
    const at = endOfLineComments(text, tree, open);
    return [insert(at, `${onNewLine}${write(indent, false)},`)];
  }

  const behind = previous.comma === undefined ? previous.span.end : previous.comma + 1;
  const until = next === undefined ? container.span.end - 1 : next.span.start;
  const oneLine =
    next === undefined ? !isMultiLine(text, container) : !text.slice(behind, until).includes('\n');
  const member = write(indent, oneLine);
  if (oneLine) {
    const gap = gapOf(text, container);
    if (previous.comma === undefined) return [insert(behind, `,${gap}${member}`)];
    return [insert(behind, `${gap}${member},`)];
  }
  const at = endOfLineComments(text, tree, behind);
  if (previous.comma !== undefined) return [insert(at, `${onNewLine}${member},`)];
  if (at === behind) return [insert(behind, `,${onNewLine}${member}`)];
  return [insert(behind, ','), insert(at, `${onNewLine}${member}`)];
}

/** Returns edits that remove a member, with its orphaned comma, and with its line if nothing else is on it. */
export function removeMember(
  text: string,
  tree: JsonTree,
  container: Container,
  index: number,
): readonly TextEdit[] {
  const members: readonly Member[] = container.members;
  const member = members[index]!;
  const previous = members[index - 1];
  const next = members[index + 1];
  const end = member.comma === undefined ? member.span.end : member.comma + 1;
  const edits: TextEdit[] = [];

  // Only the comma of a preceding member is left over; with a trailing comma of its own, the member takes that one.
  const orphan = member.comma === undefined && next === undefined ? previous?.comma : undefined;
  if (
    orphan !== undefined &&
    text.slice(orphan + 1, member.span.start).trim() === '' &&
    isInline(text, member, container)
  ) {
    return [remove(...lineOrPart(text, orphan, member.span.end))];
  }
  if (orphan !== undefined) edits.push(remove(orphan, orphan + 1));

  const commaFirst = member.comma !== undefined && text.slice(member.span.end, member.comma).includes('\n');
  if (
    commaFirst &&
    previous?.comma !== undefined &&
    !hasComment(tree, { start: previous.comma, end: member.comma! })
  ) {
    return [remove(previous.comma, member.comma!)];
  }
  if (members.length === 1) {
    const inside = { start: container.span.start + 1, end: container.span.end - 1 };
    const front = { start: inside.start, end: member.span.start };
    const back = { start: member.span.end, end: inside.end };
    if (!hasComment(tree, front) && !hasComment(tree, back)) return [remove(inside.start, inside.end)];
  }
  const lineStart = startOfLine(text, member.span.start);
  const lineEnd = endOfLine(text, end);
  const aloneBefore = text.slice(lineStart, member.span.start).trim() === '';
  const aloneBehind = text.slice(end, lineEnd).trim() === '';
  if (aloneBefore && aloneBehind && lineEnd < text.length) {
    edits.push(remove(lineStart, lineEnd + (text[lineEnd] === '\r' ? 2 : 1)));
  } else if (aloneBehind) {
    edits.push(remove(startOfBlanks(text, member.span.start), end));
  } else {
    edits.push(remove(member.span.start, endOfBlanks(text, end)));
  }
  return edits;
}

/**
 * Returns the whole line with its ending for a part that is alone on it; this is the case if commas are at the start of
 * lines.
 */
function lineOrPart(text: string, start: number, end: number): readonly [number, number] {
  const lineStart = startOfLine(text, start);
  const lineEnd = endOfLine(text, end);
  const isAlone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === '';
  if (!isAlone || lineEnd >= text.length) return [start, end];
  return [lineStart, lineEnd + (text[lineEnd] === '\r' ? 2 : 1)];
}

/** Checks whether the member shares its line with what is before it or with the closing bracket. */
function isInline(text: string, member: Member, container: Container): boolean {
  const before = text.slice(startOfLine(text, member.span.start), member.span.start);
  return before.trim() !== '' || !text.slice(member.span.end, container.span.end - 1).includes('\n');
}

function fillEmpty(
  text: string,
  tree: JsonTree,
  container: Container,
  layout: JsonLayout,
  write: (indent: string, oneLine: boolean) => string,
): readonly TextEdit[] {
  const open = container.span.start + 1;
  const close = container.span.end - 1;
  const outer = indentOfLine(text, container.span.start);
  const indent = outer + layout.unit;
  const member = write(indent, false);
  const comment = lastCommentWithin(tree, open, close);
  if (comment !== undefined) {
    if (text.slice(comment.end, close).includes('\n')) {
      return [insert(comment.end, layout.newline + indent + member)];
    }
    const newText = layout.newline + indent + member + layout.newline + outer;
    return [{ span: { start: comment.end, end: close }, newText }];
  }
  if (container.type === 'array' || isOnOneLine(text, tree, container)) {
    const padding = container.type === 'object' && /\s$/.test(layout.colon) ? ' ' : '';
    return [{ span: { start: open, end: close }, newText: padding + write(indent, true) + padding }];
  }
  const newText = layout.newline + indent + member + layout.newline + outer;
  return [{ span: { start: open, end: close }, newText }];
}

/**
 * Checks whether the container of an empty object is non-empty and written on one line; then the object stays on it.
 */
function isOnOneLine(text: string, tree: JsonTree, container: Container): boolean {
  const root = tree.root;
  if (root === undefined || root === container) return false;
  let outer: Container | undefined = root.type === 'object' || root.type === 'array' ? root : undefined;
  let enclosing = outer;
  while (outer !== undefined && outer !== container) {
    enclosing = outer;
    outer = childAround(outer, container.span.start);
  }
  return enclosing !== undefined && !text.slice(enclosing.span.start, enclosing.span.end).includes('\n');
}

function childAround(container: Container, offset: number): Container | undefined {
  for (const { value } of container.members) {
    if (value === undefined || value.span.start > offset || value.span.end <= offset) continue;
    return value.type === 'object' || value.type === 'array' ? value : undefined;
  }
  return undefined;
}

function memberIndent(text: string, container: Container, layout: JsonLayout): string {
  const members: readonly Member[] = container.members;
  for (let at = members.length - 1; at >= 0; at--) {
    const indent = indentBefore(text, members[at]!.span.start);
    if (indent !== undefined) return indent;
  }
  return indentOfLine(text, container.span.start) + layout.unit;
}

/** Checks whether its last member begins a line, or its members end before the line of its closing bracket. */
function isMultiLine(text: string, container: Container): boolean {
  const members: readonly Member[] = container.members;
  const last = members.at(-1)!;
  const before = members.at(-2)?.span.end ?? container.span.start + 1;
  return (
    text.slice(before, last.span.start).includes('\n') ||
    text.slice(last.span.end, container.span.end - 1).includes('\n')
  );
}

/** Returns the separator of members on one line. */
function gapOf(text: string, container: Container): string {
  const members: readonly Member[] = container.members;
  const comma = members[0]?.comma;
  const second = members[1];
  if (comma !== undefined && second !== undefined) {
    const gap = text.slice(comma + 1, second.span.start);
    if (/^[ \t]*$/.test(gap)) return gap;
  }
  const first = members[0] as Partial<JsonProperty> | undefined;
  const compact = first?.colon !== undefined && first.value?.span.start === first.colon + 1;
  return compact ? '' : ' ';
}

/** Returns the end of the comments that begin on the same line after `offset`, or `offset` itself. */
function endOfLineComments(text: string, tree: JsonTree, offset: number): number {
  let end = offset;
  for (const comment of tree.comments) {
    if (comment.start < end) continue;
    if (!/^[ \t]*$/.test(text.slice(end, comment.start))) break;
    end = comment.end;
  }
  return end;
}

function lastCommentWithin(tree: JsonTree, start: number, end: number): Span | undefined {
  return tree.comments.findLast((comment) => comment.start >= start && comment.end <= end);
}

function hasComment(tree: JsonTree, span: Span): boolean {
  return lastCommentWithin(tree, span.start, span.end) !== undefined;
}

function insert(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

function remove(start: number, end: number): TextEdit {
  return { span: { start, end }, newText: '' };
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Returns the offset of the line's end, before `\r\n` or `\n`. */
function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

function endOfBlanks(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function startOfBlanks(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}

function indentOfLine(text: string, offset: number): string {
  const start = startOfLine(text, offset);
  return text.slice(text.charCodeAt(start) === 0xfeff ? start + 1 : start, endOfBlanks(text, start));
}

/** Returns the whitespace before `offset` if nothing else precedes it on its line. */
function indentBefore(text: string, offset: number): string | undefined {
  const before = text.slice(startOfLine(text, offset), offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}
