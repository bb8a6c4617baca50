import type { JsonNode } from '../text/json-tree.ts';
import { isDay } from './day.ts';
import type { Ignore } from './policy.ts';
import { locatedText, type Report, readMembers } from './read-members.ts';

const KEYS = ['rule', 'id', 'package', 'version', 'path', 'reason', 'expires'] as const;

/** One entry of `ignores`. One without a rule is left out; one without a reason or a day is kept, but never counts. */
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
  // A key whose value is being typed, or was reported above, is not missing.
  const missing = (['rule', 'reason', 'expires'] as const).filter((key) => !members.has(key));
  if (missing.length > 0) {
    report(node.span, `An ignore entry needs ${missing.map((key) => `"${key}"`).join(' and ')}.`);
  }
  const isValid = expires !== undefined && isDay(expires.value);
  if (expires !== undefined && !isValid) {
    report(expires.span, `"${expires.value}" is no day; write it as YYYY-MM-DD.`);
  }
  if (rule === undefined) return undefined;
  return {
    rule: rule.value,
    ruleSpan: rule.span,
    id: text('id')?.value,
    package: text('package')?.value,
    version: text('version')?.value,
    path: text('path')?.value,
    reason: reason?.value,
    expires: isValid ? expires.value : undefined,
    span: node.span,
  };
}
