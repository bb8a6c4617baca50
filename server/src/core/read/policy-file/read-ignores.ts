import type { JsonNode } from '../text/json/json-node.ts';
import { isDay } from './day.ts';
import { isReason } from './placeholder-reason.ts';
import type { Ignore } from './policy.ts';
import { locatedText, type Report, readMembers } from './read-members.ts';
import { readGlob } from './read-policy-values.ts';

const KEYS = ['rule', 'id', 'package', 'version', 'path', 'reason', 'expires'] as const;

/**
 * Reads one entry of `ignores`. One without a rule is skipped; one without a reason or a day is kept, but never
 * effective.
 */
export function readIgnores(node: JsonNode, report: Report): Ignore | undefined {
  if (node.type !== 'object') {
    report(node.span, 'An ignore entry must be an object.');
    return undefined;
  }
  const members = readMembers(node, KEYS, report);
  const text = (key: (typeof KEYS)[number]) => {
    const value = members.get(key)?.value;
    return value === undefined ? undefined : locatedText(value, `"${key}"`, report);
  };
  const rule = text('rule');
  const [reason, expires] = [text('reason'), text('expires')];
  if (!members.has('rule')) report(node.span, 'An ignore entry needs "rule".');
  const isValid = expires !== undefined && isDay(expires.value);
  if (expires !== undefined && !isValid) {
    report(expires.span, `"${expires.value}" is not a valid date. Write it as YYYY-MM-DD.`);
  }
  const [id, name, version] = [text('id'), text('package'), text('version')];
  const pathNode = members.get('path')?.value;
  const path = pathNode === undefined ? undefined : readGlob(pathNode, report)?.value;
  if (rule === undefined) return undefined;
  // An unreadable restriction would make the entry match everything.
  const narrowing = { id, package: name, version, path };
  const isNarrow = Object.entries(narrowing).every(
    ([key, value]) => value !== undefined || !members.has(key),
  );
  return {
    rule: rule.value,
    ruleSpan: rule.span,
    id: id?.value,
    package: name?.value,
    version: version?.value,
    path,
    reason: reason !== undefined && isReason(reason.value) ? reason.value : undefined,
    expires: isValid && isNarrow ? expires.value : undefined,
    // A key whose value is being typed, or was reported above, is not missing; a placeholder is not a reason.
    lacks: (['reason', 'expires'] as const).filter(
      (key) => !members.has(key) || (key === 'reason' && reason !== undefined && !isReason(reason.value)),
    ),
    spans: { id: id?.span, package: name?.span, version: version?.span, expires: expires?.span },
    span: node.span,
  };
}
