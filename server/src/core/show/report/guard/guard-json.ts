import { printableJson } from '../../../read/text/words/visible-text.ts';
import type { GuardReport } from './guard-report.ts';

/**
 * Returns the report as JSON text with a trailing newline. The form is stable: members may be added in later versions,
 * none is renamed or removed.
 *
 * @param runs whether the command runs; null if somebody is asked
 */
export function guardJson(report: GuardReport, runs: boolean | null): string {
  const { command, verdict, reason, packages, findings, failed, unknown, withheld } = report;
  const json = {
    version: 1,
    ...{ command, verdict, runs, reason: reason ?? null, packages: packages ?? null },
    findings: findings.map(({ package: name, version, isLocked, ...rest }) => ({
      ...{ rule: rest.rule, subject: rest.subject, severity: rest.severity, stops: rest.stops },
      ...{ package: name ?? null, version: version ?? null, locked: isLocked },
      ...{ message: rest.message, path: rest.path },
    })),
    notJudged: failed,
    unknown,
    withheldSettings: withheld,
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}
