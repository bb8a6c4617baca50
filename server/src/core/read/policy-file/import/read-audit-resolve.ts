import { propertiesOf } from '../../manifest/json-values.ts';
import type { JsonNode, JsonProperty, JsonTree } from '../../text/json/json-node.ts';
import { propertyOf, stringOf } from '../../text/json/json-tree.ts';
import { advisoryIdIn } from './advisory-id.ts';
import { expiryDay } from './expiry-day.ts';
import { type ForeignIgnore, foreignIgnore } from './foreign-ignore.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Reads the decisions of an audit-resolve.json: `"577|nightmare>lodash": { "decision": "ignore", "reason", "expiresAt"
 * }` in version 1; before that, without a version, `{ "ignore": 1 }` or `{ "postpone": <time> }`. A decision concerns
 * one advisory on one path; a decision to fix or remove it ignores nothing, and "postpone" ends after a day.
 */
export function readAuditResolve({ root }: JsonTree): readonly ForeignIgnore[] {
  const version = propertyOf(root, 'version')?.value;
  const decisions = version === undefined ? root : propertyOf(root, 'decisions')?.value;
  return [...propertiesOf(decisions).map(decisionOf), ...rulesOf(root)];
}

/** Reads `rules`: `ignoreLowSeverity` ignores all advisories of low severity. */
function rulesOf(root: JsonTree['root']): readonly ForeignIgnore[] {
  return propertiesOf(propertyOf(root, 'rules')?.value).flatMap(({ key, keySpan, span, value }) => {
    const isOn = value?.type === 'boolean' && value.value === true;
    if (!isOn || !key.startsWith('ignore')) return [];
    return [
      foreignIgnore({ tool: 'audit-resolve', text: key, span: keySpan, entrySpan: span, scope: 'wide' }),
    ];
  });
}

function decisionOf(property: JsonProperty): ForeignIgnore {
  const { key, keySpan, span, value } = property;
  const bar = key.indexOf('|');
  const named = bar === -1 ? key : key.slice(0, bar);
  const path = bar === -1 ? undefined : key.slice(bar + 1);
  const id = advisoryIdIn(named);
  const { decision, expires, expirySpan } = meaningOf(value);
  return foreignIgnore({
    tool: 'audit-resolve',
    text: key,
    span: keySpan,
    entrySpan: span,
    scope: id === undefined ? 'number' : 'advisory',
    id,
    package: path?.split('>').at(-1)?.trim() || undefined,
    reason: stringOf(propertyOf(value, 'reason')?.value)?.trim() || undefined,
    expires,
    expirySpan,
    inactive:
      decision === 'ignore' || decision === 'postpone' ? undefined : `its decision is "${decision ?? ''}"`,
    narrower: path?.includes('>') === true ? `it was for the path ${path} only` : undefined,
  });
}

function meaningOf(value: JsonNode | undefined): {
  readonly decision: string | undefined;
  readonly expires: string | undefined;
  readonly expirySpan: ForeignIgnore['expirySpan'];
} {
  const at = (key: string) => propertyOf(value, key)?.value;
  const decision = stringOf(at('decision'));
  const end = at('expiresAt');
  if (decision !== undefined) {
    const made = numberOf(at('madeAt'));
    const postponed = decision === 'postpone' && made !== undefined ? expiryDay(made + DAY) : undefined;
    const expires = numberOf(end) === undefined ? undefined : expiryDay(numberOf(end)!);
    return {
      decision,
      expires: expires ?? postponed,
      expirySpan: expires === undefined ? undefined : end!.span,
    };
  }
  const postponed = numberOf(at('postpone')) ?? numberOf(at('remind'));
  if (postponed !== undefined) {
    return { decision: 'postpone', expires: expiryDay(postponed), expirySpan: undefined };
  }
  const old = ['ignore', 'fix'].find((key) => at(key) !== undefined);
  return { decision: old, expires: undefined, expirySpan: undefined };
}

function numberOf(node: JsonNode | undefined): number | undefined {
  return node?.type === 'number' && typeof node.value === 'number' ? node.value : undefined;
}
