import semver from 'semver';
import type { JsonNode, JsonObject } from '../text/json/json-node.ts';
import type { Span } from '../text/span.ts';
import { nearestWord } from '../text/words/nearest-word.ts';
import { isDay } from './day.ts';
import type { MemberDefinition, MemberDefinitions, MemberValues } from './member-definition.ts';
import { locatedText, type Report, readMembers } from './read-members.ts';

/** An entry as far as it could be read. */
export interface ReadEntry<D extends MemberDefinitions> {
  readonly values: MemberValues<D>;
  readonly spans: ReadonlyMap<string, { readonly key: Span; readonly value: Span }>;
  /** Keys whose values are missing or invalid; each invalid one was reported. */
  readonly faulty: ReadonlySet<string>;
  readonly span: Span;
}

/** Reads an object by the definitions of its members, and reports everything invalid. */
export function readEntry<D extends MemberDefinitions>(
  node: JsonNode,
  definitions: D,
  what: string,
  report: Report,
): ReadEntry<D> | undefined {
  if (node.type !== 'object') {
    report(node.span, `${what} must be an object.`);
    return undefined;
  }
  return readObject(node, definitions, report);
}

function readObject<D extends MemberDefinitions>(
  node: JsonObject,
  definitions: D,
  report: Report,
): ReadEntry<D> {
  const values: Record<string, unknown> = {};
  const spans = new Map<string, { readonly key: Span; readonly value: Span }>();
  const faulty = new Set<string>();
  for (const [key, { keySpan, value }] of readMembers(node, Object.keys(definitions), report)) {
    const read = value === undefined ? undefined : readValue(key, value, definitions[key]!, report);
    if (value !== undefined) spans.set(key, { key: keySpan, value: value.span });
    if (read === undefined) faulty.add(key);
    else values[key] = read;
  }
  return { values: values as MemberValues<D>, spans, faulty, span: node.span };
}

function readValue(key: string, node: JsonNode, definition: MemberDefinition, report: Report): unknown {
  switch (definition.type) {
    case 'text':
      return locatedText(node, `"${key}"`, report)?.value;
    case 'texts':
      return readTexts(key, node, report);
    case 'range':
      return readRange(key, node, report);
    case 'day':
      return readDay(key, node, report);
    case 'flag':
      if (node.type === 'boolean') return node.value;
      report(node.span, `"${key}" must be true or false.`);
      return undefined;
    case 'count':
      if (node.type === 'number' && Number.isSafeInteger(node.value) && Number(node.value) > 0)
        return node.value;
      report(node.span, `"${key}" must be a whole number above zero.`);
      return undefined;
    case 'choice':
      return readChoice(key, node, definition.values ?? [], report);
  }
}

function readTexts(key: string, node: JsonNode, report: Report): readonly string[] | undefined {
  if (node.type === 'string') {
    const text = locatedText(node, `"${key}"`, report);
    return text && [text.value];
  }
  if (node.type !== 'array' || node.members.length === 0) {
    report(node.span, `"${key}" must be a string or a list of strings.`);
    return undefined;
  }
  const texts = node.members.map(({ value }) => locatedText(value, `"${key}"`, report)?.value);
  // A lost item would make the entry match less than it says.
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function readRange(key: string, node: JsonNode, report: Report): string | undefined {
  const text = locatedText(node, `"${key}"`, report);
  if (text === undefined || semver.validRange(text.value) !== null) return text?.value;
  report(text.span, `"${text.value}" is not a range of versions. Write one such as "^1.2.0".`);
  return undefined;
}

function readDay(key: string, node: JsonNode, report: Report): string | undefined {
  const text = locatedText(node, `"${key}"`, report);
  if (text === undefined || isDay(text.value)) return text?.value;
  report(text.span, `"${text.value}" is not a valid date. Write it as YYYY-MM-DD.`);
  return undefined;
}

function readChoice(
  key: string,
  node: JsonNode,
  words: readonly string[],
  report: Report,
): string | undefined {
  const value = node.type === 'string' ? node.value : undefined;
  if (value !== undefined && words.includes(value)) return value;
  const meant = value === undefined ? undefined : nearestWord(value, words);
  report(node.span, `"${key}" must be ${words.map((word) => `"${word}"`).join(' or ')}.`, meant);
  return undefined;
}
