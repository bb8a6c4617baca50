import type { JsonNode, JsonProperty } from '../text/json/json-node.ts';
import { stringOf } from '../text/json/json-tree.ts';
import type { Located } from '../text/span.ts';

/** Returns a complete string with the span of its token. */
export function locatedString(node: JsonNode | undefined): Located<string> | undefined {
  const value = stringOf(node);
  return value === undefined ? undefined : { value, span: node!.span };
}

export function propertiesOf(node: JsonNode | undefined): readonly JsonProperty[] {
  return node?.type === 'object' ? node.members : [];
}

export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.type === 'array' ? node.members.map((item) => item.value) : [];
}

/** Returns the strings in an array. */
export function stringsIn(node: JsonNode | undefined): readonly Located<string>[] {
  return itemsOf(node)
    .map(locatedString)
    .filter((item) => item !== undefined);
}
