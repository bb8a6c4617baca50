import { type Finding, SEVERITIES } from '../../read/text/finding.ts';

/**
 * Returns the sorted findings with those of one cause at one place as one: the gravest stays, the others are related to
 * it. It runs on what no configuration accepts, so that whoever turns one rule off still gets the other's finding.
 */
export function onePerCause(findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(({ cause }) => cause !== undefined)) return findings;
  const result: Finding[] = [];
  for (const finding of findings) {
    const at = result.findLastIndex((other) => isSamePlace(other, finding) && other.cause === finding.cause);
    if (finding.cause === undefined || at === -1) result.push(finding);
    else result[at] = joined(result[at]!, finding);
  }
  return result;
}

function isSamePlace(a: Finding, b: Finding): boolean {
  return a.uri === b.uri && a.span.start === b.span.start && a.span.end === b.span.end;
}

function joined(one: Finding, other: Finding): Finding {
  const isGraver = SEVERITIES.indexOf(other.severity) < SEVERITIES.indexOf(one.severity);
  const [main, second] = isGraver ? [other, one] : [one, other];
  const { uri, span, message, related } = second;
  return {
    ...main,
    related: [...main.related, { uri, span, message }, ...related],
    isRelatedHere: true,
  };
}
