import type { JsonNode } from '../text/json/json-node.ts';
import type { Report } from './read-members.ts';

/** Reads the items of a list, without those that cannot be read. */
export function readItems<T>(
  key: string,
  node: JsonNode | undefined,
  read: (node: JsonNode, report: Report) => T | undefined,
  report: Report,
): T[] {
  if (node === undefined) return [];
  if (node.type !== 'array') {
    report(node.span, `"${key}" must be a list.`);
    return [];
  }
  return node.members.map(({ value }) => read(value, report)).filter((item) => item !== undefined);
}
