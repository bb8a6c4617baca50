import type { Finding } from '../../../read/text/finding.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { adviceOf } from './advice.ts';
import type { ReportedFinding } from './report.ts';

/** A finding that is shown for itself and for others with the same rule and message at other places. */
export interface ShownFinding {
  readonly finding: Finding;
  /** Plans its fixes when they are first read. */
  readonly first: ReportedFinding;
  readonly alike: readonly ReportedFinding[];
}

/**
 * Joins findings that differ only in their place, such as one unpinned program in 20 workflows. Keeps the order of the
 * first ones. Plans no fixes: see `splitByAdvice`.
 */
export function joinAlike(findings: readonly ReportedFinding[]): readonly ShownFinding[] {
  return shownOf(
    groupBy(findings, ({ finding: { rule, severity, message } }) => `${rule} ${severity} ${message}`),
  );
}

/** Divides joined findings by what to do about them, which the block of the first one shows. */
export function splitByAdvice(shown: ShownFinding): readonly ShownFinding[] {
  if (shown.alike.length === 0) return [shown];
  return shownOf(groupBy(allOf(shown), ({ finding, fixes }) => JSON.stringify(adviceOf(finding, fixes))));
}

function shownOf(groups: ReadonlyMap<string, readonly ReportedFinding[]>): readonly ShownFinding[] {
  return Array.from(groups.values(), ([first, ...alike]) => ({
    finding: first!.finding,
    first: first!,
    alike,
  }));
}

/** Returns all findings that a shown one stands for. */
export function allOf({ first, alike }: ShownFinding): readonly ReportedFinding[] {
  return [first, ...alike];
}
