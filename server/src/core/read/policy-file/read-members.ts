import type { JsonNode, JsonObject, JsonProperty } from '../text/json/json-node.ts';
import type { Located, Span } from '../text/span.ts';
import { nearestWord } from '../text/words/nearest-word.ts';

/** Reports something invalid or ineffective. */
export type Report = (span: Span, message: string, suggestion?: string) => void;

/** Returns the members of an object by key, and reports unknown keys. */
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

/** Suggests the nearest known key if the unknown one looks like a misspelling of it. */
export function reportUnknownKey(key: string, span: Span, known: readonly string[], report: Report): void {
  const meant = nearestWord(key, known);
  const advice = meant === undefined ? '. It sets nothing.' : `. Did you mean "${meant}"?`;
  report(span, `Unknown key "${key}"${advice}`, meant);
}

/** Returns the last of duplicate keys, as JSON.parse does; the others are reported. */
export function lastOfEach(members: readonly JsonProperty[], report: Report): readonly JsonProperty[] {
  const last = new Map(members.map((property) => [property.key, property]));
  return members.filter((property) => {
    if (last.get(property.key) === property) return true;
    report(property.keySpan, `"${property.key}" appears twice here, and only the last one counts.`);
    return false;
  });
}

/** Reads a non-empty string, with its span. */
export function locatedText(node: JsonNode, what: string, report: Report): Located<string> | undefined {
  if (node.type !== 'string') {
    report(node.span, `${what} must be a string.`);
    return undefined;
  }
  if (node.value.trim() !== '') return { value: node.value, span: node.span };
  report(node.span, `${what} must not be empty.`);
  return undefined;
}
