import type { JsonNode, JsonObject, JsonProperty } from '../text/json/json-node.ts';
import type { Located, Span } from '../text/span.ts';
import { nearestWord } from '../text/words/nearest-word.ts';

/** Notes something that does not count as written. */
export type Report = (span: Span, message: string, suggestion?: string) => void;

/** The members of an object by key; keys that it does not have are reported. */
export function readMembers(
  node: JsonObject,
  known: readonly string[],
  report: Report,
): ReadonlyMap<string, JsonProperty> {
  const members = new Map<string, JsonProperty>();
  for (const property of lastOfEach(node.members, report)) {
    if (known.includes(property.key)) members.set(property.key, property);
    else if (!property.key.startsWith('x-')) reportUnknownKey(property.key, property.keySpan, known, report);
  }
  return members;
}

/** Names the nearest known key where the unknown one looks like a misspelling of it. */
export function reportUnknownKey(key: string, span: Span, known: readonly string[], report: Report): void {
  const meant = nearestWord(key, known);
  const advice = meant === undefined ? '. It sets nothing.' : `. Did you mean "${meant}"?`;
  report(span, `Unknown key "${key}"${advice}`, meant);
}

/** Of duplicate keys the last one counts, as in JSON.parse; the others are reported. */
export function lastOfEach(members: readonly JsonProperty[], report: Report): readonly JsonProperty[] {
  const last = new Map(members.map((property) => [property.key, property]));
  return members.filter((property) => {
    if (last.get(property.key) === property) return true;
    report(property.keySpan, `"${property.key}" appears twice here, and only the last one counts.`);
    return false;
  });
}

/** A string that is not empty, with its place. */
export function locatedText(node: JsonNode, what: string, report: Report): Located<string> | undefined {
  if (node.type !== 'string') {
    report(node.span, `${what} must be a string.`);
    return undefined;
  }
  if (node.value.trim() !== '') return { value: node.value, span: node.span };
  report(node.span, `${what} must not be empty.`);
  return undefined;
}
