import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  HASH,
  indexOrLength,
  isPlainStart,
  isQuote,
  isWhite,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUESTION,
  quoteEnd,
  RETURN,
  SPACE,
} from './yaml-lexis.ts';
import { NONE, type Node, RECORD } from './yaml-tape.ts';
import type { YamlWriter } from './yaml-writer.ts';

/** What may come next. `FIRST`: an item or the closing bracket; `MORE`: a separator, or the rest of a plain scalar. */
const [FIRST, ITEM, VALUE, SEPARATOR, MORE] = [0, 1, 2, 3, 4] as const;

/**
 * Reads `{…}` or `[…]` from `start` into the node's children. Lines after the first are indented deeper than `column`.
 *
 * @returns where it ends; if it is unreadable, -1 - the offset up to which the text is damaged, with a problem added.
 */
export function scanFlow(writer: YamlWriter, start: number, node: Node, column: number): number {
  const { text } = writer;
  const { length } = text;
  /** For each enclosing collection: the node, its last child and the offset of its bracket. */
  let outer: number[] | undefined;
  let mappings: Node[] | undefined;
  let owner = node;
  let last: Node = NONE;
  let openAt = start;
  let isMapping = text.charCodeAt(start) === OPEN_BRACE;
  let expects: number = FIRST;
  let at = start + 1;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code === SPACE || isWhite(code)) {
      at++;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (isMapping !== (code === CLOSE_BRACE))
        return fail(writer, node, 'another bracket is open here', at, at);
      at++;
      if (last !== NONE) writer.records[last + 4] = writer.count;
      writer.setValue(owner, openAt, at);
      writer.records[owner + 4] = writer.count;
      if (isMapping && last > owner + RECORD) {
        mappings ??= [];
        mappings.push(owner);
      }
      if (outer === undefined || outer.length === 0) {
        for (const mapping of mappings ?? []) writer.unordered(mapping);
        return at;
      }
      openAt = outer.pop()!;
      last = outer.pop()!;
      owner = outer.pop()!;
      isMapping = text.charCodeAt(openAt) === OPEN_BRACE;
      expects = SEPARATOR;
    } else if (code === COMMA) {
      if (expects <= ITEM) return fail(writer, node, 'an item is missing before the comma', at, at);
      expects = ITEM;
      at++;
    } else if (code === NEWLINE) {
      const next = nextFlowLine(text, at, column);
      if (next === -1) return fail(writer, node, 'a bracket is not closed', at - 1, at);
      at = next;
    } else if (code === HASH && isWhite(text.charCodeAt(at - 1))) {
      at = indexOrLength(text, '\n', at);
      if (expects === MORE) expects = SEPARATOR;
    } else if (expects >= SEPARATOR) {
      const end = expects === MORE ? flowPlainEnd(text, at) : at;
      if (end === at || text.charCodeAt(end) === COLON) {
        return fail(writer, node, 'a comma is missing', at, at);
      }
      writer.setValue(last, writer.records[last + 2]!, end);
      at = end;
    } else {
      const isKey = isMapping && expects !== VALUE;
      if (expects !== VALUE) {
        if (last !== NONE) writer.records[last + 4] = writer.count;
        last = writer.push(at, at, at);
      }
      if (!isKey && (code === OPEN_BRACE || code === OPEN_BRACKET)) {
        outer ??= [];
        outer.push(owner, last, openAt);
        owner = last;
        last = NONE;
        openAt = at;
        isMapping = code === OPEN_BRACE;
        expects = FIRST;
        at++;
        continue;
      }
      const end = scalarEnd(text, at, code, column);
      if (end === -1)
        return fail(writer, node, isKey ? 'a key is missing' : 'this value cannot be read', at, at);
      if (isKey) {
        let colon = end;
        while (colon < length && isWhite(text.charCodeAt(colon))) colon++;
        const hasColon = colon < length && text.charCodeAt(colon) === COLON;
        at = hasColon ? colon + 1 : end;
        writer.records[last + 1] = end;
        writer.refuseMergeKey(last);
        writer.setValue(last, at, at);
        expects = hasColon ? VALUE : SEPARATOR;
      } else {
        writer.setValue(last, at, end);
        expects = isQuote(code) ? SEPARATOR : MORE;
        at = end;
      }
      if (!isMapping && at < length && text.charCodeAt(at) === COLON) {
        return fail(writer, node, 'a list has no keys', at, at);
      }
    }
  }
  return fail(writer, node, 'a bracket is not closed', length - 1, length);
}

/** Discards what was read of the node's value. */
function fail(writer: YamlWriter, node: Node, message: string, at: number, from: number): number {
  writer.count = node + RECORD;
  const end = indexOrLength(writer.text, '\n', from);
  writer.problem(
    message,
    at,
    Math.max(at, end > 0 && writer.text.charCodeAt(end - 1) === RETURN ? end - 1 : end),
  );
  return -1 - end;
}

/** Returns the first non-space character of the line after `newline`; -1 if that is not part of the collection. */
function nextFlowLine(text: string, newline: number, column: number): number {
  let at = newline + 1;
  while (at < text.length && text.charCodeAt(at) === SPACE) at++;
  if (at >= text.length || at - newline - 1 > column) return at;
  const code = text.charCodeAt(at);
  const isBlank = code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) === NEWLINE);
  return isBlank ? at : -1;
}

function scalarEnd(text: string, at: number, code: number, column: number): number {
  if (isQuote(code)) return quoteEnd(text, at, indexOrLength(text, '\n', at), column);
  if (!isPlainStart(code)) return -1;
  if ((code === DASH || code === QUESTION || code === COLON) && endsFlowWord(text, at + 1)) return -1;
  return flowPlainEnd(text, at);
}

/** Characters that neither end an unquoted scalar nor are whitespace: nearly all of ASCII. */
const ORDINARY = new Uint8Array(128).fill(1, 33, 127);
for (const character of '{}[],:#') ORDINARY[character.charCodeAt(0)] = 0;

/** Returns where an unquoted scalar ends: before a comma, a bracket, a colon or a comment, or with the line. */
function flowPlainEnd(text: string, start: number): number {
  const { length } = text;
  let at = start;
  let end = start;
  while (at < length) {
    let code = text.charCodeAt(at);
    if (code < 128 && ORDINARY[code] === 1) {
      do code = ++at < length ? text.charCodeAt(at) : NEWLINE;
      while (code < 128 && ORDINARY[code] === 1);
      end = at;
      if (at >= length) break;
    }
    if (code > 127 || (code === HASH && !isWhite(text.charCodeAt(at - 1)))) {
      end = ++at;
    } else if (code === COLON && !endsFlowWord(text, at + 1)) {
      end = ++at;
    } else if (isWhite(code)) {
      at++;
    } else {
      break;
    }
  }
  return end;
}

function endsFlowWord(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const code = text.charCodeAt(at);
  return isWhite(code) || code === NEWLINE || code === COMMA || isBracket(code);
}

function isBracket(code: number): boolean {
  return code === OPEN_BRACE || code === CLOSE_BRACE || code === OPEN_BRACKET || code === CLOSE_BRACKET;
}
