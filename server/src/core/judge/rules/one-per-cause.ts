import { type Finding, SEVERITIES } from '../../read/text/finding.ts';

/**
 * Merges sorted findings with the same cause at the same place: the most severe stays, with the others as related. Runs
 * on findings not accepted by any configuration, so that disabling one rule still reports the other's finding.
 */
export function onePerCause(findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(({ cause }) => cause !== undefined)) return findings;
  const result: Finding[] = [];
  const known = new Map<string, number>();
  for (const finding of findings) {
    const { uri, span, cause } = finding;
    const key = `${span.start} ${span.end} ${cause} ${uri}`;
    const at = cause === undefined ? undefined : known.get(key);
    if (at === undefined) {
      if (cause !== undefined) known.set(key, result.length);
      result.push(finding);
    } else {
      result[at] = joined(result[at]!, finding);
    }
  }
  return result;
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
