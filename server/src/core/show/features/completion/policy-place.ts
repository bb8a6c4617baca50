import type { JsonObject, JsonProperty } from '../../../read/text/json/json-node.ts';
import { parseJsonTree, propertyOf, stringOf } from '../../../read/text/json/json-tree.ts';
import type { Span } from '../../../read/text/span.ts';
import type { ValuePlace } from './place.ts';

/** The members of an ignore entry whose values have completions. */
export type PolicyKey = 'rule' | 'id' | 'package' | 'version' | 'expires';

const KEYS: ReadonlySet<string> = new Set([
  'rule',
  'id',
  'package',
  'version',
  'expires',
] satisfies PolicyKey[]);

/** Where a value of an ignore entry is being typed in a dependency-hygiene.json. */
export interface PolicyPlace extends ValuePlace {
  readonly key: PolicyKey;
  /** The existing members of the entry, except the value at the place. */
  readonly entry: Readonly<Partial<Record<PolicyKey, string>>>;
}

/** Returns undefined if something else is being typed. */
export function policyPlace(text: string, offset: number): PolicyPlace | undefined {
  const { root, comments } = parseJsonTree(text, { trailingCommas: true });
  if (comments.some(({ start, end }) => start < offset && offset < end)) return undefined;
  const ignores = propertyOf(root, 'ignores')?.value;
  const item =
    ignores?.type === 'array' ? ignores.members.find(({ value }) => holds(value, offset)) : undefined;
  const entry = item?.value;
  if (entry?.type !== 'object') return undefined;
  const property = entry.members.findLast(({ span }) => span.start <= offset);
  if (property === undefined || !KEYS.has(property.key)) return undefined;
  const token = tokenOf(property, text, offset);
  if (token === undefined) return undefined;
  const quoted = text[token.start] === '"';
  return {
    type: 'value',
    key: property.key as PolicyKey,
    name: property.key,
    entry: saidBy(entry, property),
    token,
    typed: text.slice(quoted ? token.start + 1 : token.start, offset),
    write: (value) => JSON.stringify(value),
    isCatalog: false,
  };
}

/** Checks for the inside of a node; an unclosed one extends until something else starts. */
function holds(node: { readonly span: Span; readonly closed?: boolean }, offset: number): boolean {
  const { span, closed } = node;
  return span.start < offset && (closed === false ? offset <= span.end + 1 : offset < span.end);
}

/** Returns the string with the cursor between its quotes, or the empty place after the colon. */
function tokenOf({ colon, comma, value }: JsonProperty, text: string, offset: number): Span | undefined {
  if (colon === undefined || offset <= colon || (comma !== undefined && offset > comma)) return undefined;
  if (value === undefined) {
    const isBlank = text.slice(colon + 1, offset).trim() === '';
    return isBlank ? { start: offset, end: offset } : undefined;
  }
  const { start, end } = value.span;
  if (value.type !== 'string' || offset <= start) return undefined;
  if (!value.closed) return { start, end: offset };
  return offset < end ? { start, end } : undefined;
}

function saidBy(entry: JsonObject, own: JsonProperty): PolicyPlace['entry'] {
  const others = entry.members.filter((property) => property !== own && KEYS.has(property.key));
  const said = others.flatMap(({ key, value }) => {
    const text = stringOf(value);
    return text === undefined ? [] : [[key, text] as const];
  });
  return Object.fromEntries(said);
}
