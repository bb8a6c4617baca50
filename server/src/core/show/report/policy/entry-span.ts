import type { JsonNode } from '../../../read/text/json/json-node.ts';
import { parseJsonTree, propertyOf, stringOf } from '../../../read/text/json/json-tree.ts';
import type { Span } from '../../../read/text/span.ts';

/**
 * Returns where a policy file has a value: the item of a list if the last key has one, else the key. Undefined if it has
 * not even the first key.
 */
export function entrySpan(text: string, keys: readonly string[], value: string): Span | undefined {
  let node: JsonNode | undefined = parseJsonTree(text).root;
  let span: Span | undefined;
  for (const key of keys) {
    const property = propertyOf(node, key);
    if (property === undefined) return span;
    span = property.keySpan;
    node = property.value;
  }
  const items = node?.type === 'array' ? node.members : [];
  return items.find((item) => isOf(item.value, value))?.span ?? span;
}

/** Checks for a text, or for an object that has it. */
function isOf(node: JsonNode, value: string): boolean {
  if (node.type === 'object') return node.members.some((member) => stringOf(member.value) === value);
  return stringOf(node) === value;
}
