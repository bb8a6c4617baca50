import {
  type ConfigMember,
  type ConfigNode,
  itemsOf,
  membersOf,
} from '../../../read/config/tree/config-tree.ts';
import { startWithComment } from '../../../read/policy-file/import/nearby-comment.ts';
import type { TextEdit } from '../../../read/text/edit.ts';
import type { Span } from '../../../read/text/span.ts';

/**
 * Removes an item of a list with its line and the comment above it, and keys that would be left empty. Undefined if it
 * shares its line with others.
 */
export function removeYamlItem(
  text: string,
  settings: readonly ConfigMember[],
  item: Span,
): TextEdit | undefined {
  const way = wayTo(settings, item);
  const list = way?.at(-1)?.value;
  if (way === undefined || list === undefined) return undefined;
  if (itemsOf(list).length > 1) return lines(text, item, item.end, /^\s*-\s+$/);
  // The outermost key that contains nothing but this item.
  let outer = way.length - 1;
  while (outer > 0 && membersOf(way[outer - 1]!.value).length === 1) outer--;
  const { keySpan, value } = way[outer]!;
  return lines(text, keySpan, endOf(text, value!.span), /^\s*$/);
}

/** Returns the end of the written text, as a block may extend to the next key. */
function endOf(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** Returns the keys from the outermost to the list that contains the item. */
function wayTo(members: readonly ConfigMember[], item: Span): readonly ConfigMember[] | undefined {
  for (const member of members) {
    if (holds(member.value, item)) return [member];
    const inner = wayTo(membersOf(member.value), item);
    if (inner !== undefined) return [member, ...inner];
  }
  return undefined;
}

function holds(node: ConfigNode | undefined, { start, end }: Span): boolean {
  return itemsOf(node).some(({ span }) => span.start === start && span.end === end);
}

/** Covers the lines from the token and the comment above it to the end of the line with `end`. */
function lines(text: string, token: Span, end: number, before: RegExp): TextEdit | undefined {
  const lineStart = text.lastIndexOf('\n', token.start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline === -1 ? text.length : newline + 1;
  const isAlone =
    before.test(text.slice(lineStart, token.start)) && /^(?:#.*)?$/.test(text.slice(end, lineEnd).trim());
  if (!isAlone) return undefined;
  return { span: { start: startWithComment(text, token, '#'), end: lineEnd }, newText: '' };
}
