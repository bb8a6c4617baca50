import type { Severity } from '../../../../read/text/finding.ts';
import { printableJson } from '../../../../read/text/words/visible-text.ts';
import type { JsonReport } from '../json.ts';
import { fingerprintsOf, type Hash } from './fingerprint.ts';

const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
};

/** Returns a report in the format of GitLab's Code Quality: an array of issues, a subset of Code Climate's. */
export function gitlabReport({ findings }: JsonReport, hash: Hash): string {
  const fingerprints = fingerprintsOf(findings, hash);
  const issues = findings.map(({ rule, severity, message, path, range }, at) => ({
    description: message,
    check_name: rule,
    fingerprint: fingerprints[at]!,
    severity: SEVERITY_NAMES[severity],
    location: { path, lines: { begin: range.start.line + 1, end: range.end.line + 1 } },
  }));
  return `${printableJson(JSON.stringify(issues, undefined, 2))}\n`;
}
