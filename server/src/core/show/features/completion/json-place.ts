import { DEPENDENCY_SECTIONS } from '../../../read/manifest/manifest.ts';
import type { JsonNode, JsonObject, JsonProperty } from '../../../read/text/json/json-node.ts';
import { parseJsonTree, propertyOf } from '../../../read/text/json/json-tree.ts';
import type { Span } from '../../../read/text/span.ts';
import type { CompletionPlace } from './place.ts';

/** Returns the place in a package.json, whatever state its text is in. */
export function jsonPlace(text: string, offset: number): CompletionPlace | undefined {
  const { root, comments } = parseJsonTree(text, { trailingCommas: true });
  if (comments.some(({ start, end }) => start < offset && offset < end)) return undefined;
  const found = objectsOf(root).find(({ object }) => isInside(object, offset));
  return found === undefined ? undefined : placeIn(text, found.object, offset, found.isCatalog);
}

interface NamedVersions {
  readonly object: JsonObject;
  readonly isCatalog: boolean;
}

/** Returns the objects whose members are dependencies: the sections, and Bun's catalogs. */
function objectsOf(root: JsonNode | undefined): readonly NamedVersions[] {
  if (root?.type !== 'object') return [];
  const found: NamedVersions[] = [];
  const add = (node: JsonNode | undefined, isCatalog: boolean) => {
    if (node?.type === 'object') found.push({ object: node, isCatalog });
  };
  const sections: ReadonlySet<string> = new Set(DEPENDENCY_SECTIONS);
  for (const { key, value } of root.members) if (sections.has(key)) add(value, false);
  for (const holder of [root, propertyOf(root, 'workspaces')?.value]) {
    add(propertyOf(holder, 'catalog')?.value, true);
    const named = propertyOf(holder, 'catalogs')?.value;
    if (named?.type === 'object') for (const { value } of named.members) add(value, true);
  }
  return found;
}

/** Checks for the inside of an object; an unclosed one extends until something else starts. */
function isInside({ span, closed }: JsonObject, offset: number): boolean {
  return span.start < offset && (closed ? offset < span.end : offset <= span.end + 1);
}

function placeIn(
  text: string,
  object: JsonObject,
  offset: number,
  isCatalog: boolean,
): CompletionPlace | undefined {
  const member = object.members.findLast(({ span }) => span.start <= offset);
  const write = (value: string) => JSON.stringify(value);
  const shared = { write, isCatalog };
  if (member !== undefined && (member.comma === undefined || offset <= member.comma)) {
    const { keySpan, colon, value, key } = member;
    const inKey = tokenAt(text, keySpan, offset);
    if (inKey !== undefined) return namePlace(object, member, inKey, offset, text, shared);
    if (colon === undefined || offset <= colon) return undefined;
    const token =
      value === undefined
        ? blankAt(text, colon + 1, offset)
        : value.type === 'string'
          ? tokenAt(text, value.span, offset)
          : undefined;
    if (token === undefined) return undefined;
    return { type: 'value', name: key, token, typed: typedIn(text, token, offset), ...shared };
  }
  const from = member?.comma ?? object.span.start;
  const token = wordAt(text, from + 1, offset);
  return token === undefined ? undefined : namePlace(object, undefined, token, offset, text, shared);
}

function namePlace(
  { members }: JsonObject,
  own: JsonProperty | undefined,
  token: Span,
  offset: number,
  text: string,
  shared: Pick<CompletionPlace, 'write' | 'isCatalog'>,
): CompletionPlace {
  const hasValue = own?.colon !== undefined;
  const others = hasValue ? members : members.filter((member) => member !== own);
  const taken = new Set(others.map(({ key }) => key));
  const comma = /^\s*"/.test(text.slice(token.end, token.end + 1000)) ? ',' : '';
  return {
    ...{ type: 'name', token, taken, hasValue },
    typed: typedIn(text, token, offset),
    writeMember: (name, value) => {
      const key = `${JSON.stringify(name)}: `;
      return value === undefined
        ? { before: `${key}"`, after: `"${comma}` }
        : { before: key + JSON.stringify(value) + comma, after: '' };
    },
    ...shared,
  };
}

/** Returns the token if the cursor is between its quotes; without a closing quote it ends at the cursor. */
function tokenAt(text: string, { start, end }: Span, offset: number): Span | undefined {
  if (text[start] !== '"' || offset <= start || offset > end) return undefined;
  const closed = end - start >= 2 && text[end - 1] === '"' && text[end - 2] !== '\\';
  if (!closed) return { start, end: offset };
  return offset < end ? { start, end } : undefined;
}

/** Returns the empty place if only whitespace precedes the cursor, on its line or above. */
function blankAt(text: string, from: number, offset: number): Span | undefined {
  return /^\s*$/.test(text.slice(from, offset)) ? { start: offset, end: offset } : undefined;
}

/** Returns an unquoted name as it is typed, or the empty place for one. */
function wordAt(text: string, from: number, offset: number): Span | undefined {
  const before = /^\s*([@\w./-]*)$/.exec(text.slice(from, offset));
  return before === null ? undefined : { start: offset - before[1]!.length, end: offset };
}

function typedIn(text: string, { start }: Span, offset: number): string {
  return text.slice(text[start] === '"' ? start + 1 : start, offset);
}
