import { SEVERITIES } from '../text/finding.ts';
import type { JsonNode, JsonObject } from '../text/json/json-node.ts';
import { nearestWord } from '../text/words/nearest-word.ts';
import type { RuleSetting } from './policy.ts';
import { lastOfEach, type Report } from './read-members.ts';

const WORDS: readonly string[] = [...SEVERITIES, 'off'];

/**
 * Reads `rules`: by id a severity, "off", or a list of that and the rule's options. Ids are validated where the rules
 * are known.
 */
export function readRuleSettings(
  node: JsonNode | undefined,
  report: Report,
): ReadonlyMap<string, RuleSetting> {
  const settings = new Map<string, RuleSetting>();
  if (node === undefined) return settings;
  if (node.type !== 'object') {
    report(node.span, '"rules" must be an object of rule ids.');
    return settings;
  }
  for (const { key, keySpan, value } of lastOfEach(node.members, report)) {
    if (value === undefined) continue;
    const [first, second, third] = value.type === 'array' ? value.members.map((item) => item.value) : [value];
    const severity = readSeverity(first ?? value, report);
    if (third !== undefined) report(third.span, 'A rule takes a severity and one object of options.');
    if (second !== undefined && second.type !== 'object')
      report(second.span, 'Options of a rule must be an object.');
    settings.set(key, {
      severity,
      ...readOptions(second?.type === 'object' ? second : undefined, report),
      span: keySpan,
    });
  }
  return settings;
}

function readSeverity(node: JsonNode, report: Report): RuleSetting['severity'] {
  const text = node.type === 'string' ? node.value : undefined;
  if (text !== undefined && WORDS.includes(text)) return text as RuleSetting['severity'];
  const meant = text === undefined ? undefined : nearestWord(text, WORDS);
  report(node.span, `A severity is ${WORDS.slice(0, -1).map(quote).join(', ')} or "off".`, meant);
  return undefined;
}

function readOptions(
  node: JsonObject | undefined,
  report: Report,
): Pick<RuleSetting, 'options' | 'optionSpans'> {
  const options: [string, unknown][] = [];
  const optionSpans = new Map<string, { key: JsonNode['span']; value: JsonNode['span'] }>();
  for (const { key, keySpan, value } of node === undefined ? [] : lastOfEach(node.members, report)) {
    if (value === undefined) continue;
    options.push([key, plainValue(value)]);
    optionSpans.set(key, { key: keySpan, value: value.span });
  }
  return { options: Object.fromEntries(options), optionSpans };
}

/** Returns a plain value or a list of them, which is all that options consist of. */
function plainValue(node: JsonNode): unknown {
  if (node.type === 'object') return {};
  if (node.type !== 'array') return node.value;
  return node.members.map(({ value }) => ('value' in value ? value.value : {}));
}

function quote(word: string): string {
  return `"${word}"`;
}
