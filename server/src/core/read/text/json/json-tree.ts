import { createScanner } from 'jsonc-parser';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
} from './json-lexis.ts';
import type { JsonNode, JsonProperty, JsonTree } from './json-node.ts';
import { JsonTreeBuilder, TOKEN } from './json-tree-builder.ts';

/**
 * Parses JSON with comments, however incomplete: it never throws, does not recurse (nesting may be hostile), keeps
 * duplicate keys, and continues after each error. A key without a value before another property does not consume that
 * property's key, because that is how a line looks while it is being typed.
 */
export function parseJsonTree(text: string, options: { readonly trailingCommas?: boolean } = {}): JsonTree {
  const builder = new JsonTreeBuilder(options.trailingCommas ?? false);
  let scanner: ReturnType<typeof createScanner> | undefined;
  let at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  for (;;) {
    at = blanksEnd(text, at);
    if (at >= text.length) return builder.finish();
    const code = text.charCodeAt(at);
    const mark = markToken(code);
    if (mark !== undefined) {
      builder.add(mark, at, at + 1, 0, '');
      at++;
      continue;
    }
    if (code === QUOTE) {
      const end = plainMember(text, at, builder);
      if (end !== -1) {
        at = end;
        continue;
      }
    }
    const end = code === QUOTE ? plainStringEnd(text, at) : -1;
    if (end !== -1) {
      builder.add(TOKEN.string, at, end, 0, text.slice(at + 1, end - 1));
      at = end;
      continue;
    }
    // This reads everything that a manifest has in large numbers; the rest is left to a scanner for every case.
    scanner ??= createScanner(text, false);
    scanner.setPosition(at);
    const token: number = scanner.scan();
    const start = scanner.getTokenOffset();
    at = Math.min(start + scanner.getTokenLength(), text.length);
    builder.add(token, start, at, scanner.getTokenError(), scanner.getTokenValue());
  }
}

/**
 * Reads a complete `"name": "range",` at once, with the comma if there is one, and returns the offset after it; -1 for
 * anything else, or if no member is allowed.
 */
function plainMember(text: string, start: number, builder: JsonTreeBuilder): number {
  if (!builder.awaitsMember()) return -1;
  const keyEnd = plainStringEnd(text, start);
  if (keyEnd === -1) return -1;
  const colon = blanksEnd(text, keyEnd);
  if (!isAt(text, colon, COLON)) return -1;
  const value = blanksEnd(text, colon + 1);
  const end = isAt(text, value, QUOTE) ? plainStringEnd(text, value) : -1;
  if (end === -1) return -1;
  const behind = blanksEnd(text, end);
  const comma = isAt(text, behind, COMMA) ? behind : undefined;
  builder.addMember(
    text.slice(start + 1, keyEnd - 1),
    { start, end: keyEnd },
    colon,
    { type: 'string', span: { start: value, end }, value: text.slice(value + 1, end - 1), closed: true },
    comma,
  );
  return comma === undefined ? end : comma + 1;
}

function markToken(code: number): number | undefined {
  switch (code) {
    case COMMA:
      return TOKEN.comma;
    case COLON:
      return TOKEN.colon;
    case OPEN_BRACKET:
      return TOKEN.openBracket;
    case CLOSE_BRACKET:
      return TOKEN.closeBracket;
    case OPEN_BRACE:
      return TOKEN.openBrace;
    case CLOSE_BRACE:
      return TOKEN.closeBrace;
    default:
      return undefined;
  }
}

/** Returns the first offset from `at` without whitespace, or the text's end. */
function blanksEnd(text: string, at: number): number {
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code !== SPACE && code !== NEWLINE && code !== RETURN && code !== TAB) break;
  }
  return end;
}

/** Checks the bounds before a read, because one past the end makes V8 compile every read here for non-numbers. */
function isAt(text: string, at: number, code: number): boolean {
  return at < text.length && text.charCodeAt(at) === code;
}

/** Returns the end of a complete string without escapes, including its quotes; -1 for any other. */
function plainStringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH || code < SPACE) return -1;
  }
  return -1;
}

/** Returns the last property of that name: the one that JSON.parse, and so npm, reads. */
export function propertyOf(node: JsonNode | undefined, key: string): JsonProperty | undefined {
  if (node?.type !== 'object') return undefined;
  for (let at = node.members.length - 1; at >= 0; at--) {
    const property = node.members[at]!;
    if (property.key === key) return property;
  }
  return undefined;
}

/** Returns the text of a complete string. */
export function stringOf(node: JsonNode | undefined): string | undefined {
  return node?.type === 'string' && node.closed ? node.value : undefined;
}

const BYTE_ORDER_MARK = 0xfeff;
const BACKSLASH = 92;
