import type { Cell, Outcome } from './fixtures.ts';
import type { CellReport } from './reports.ts';

/** Returns the missing reports for a cell whose install was proved; empty if everything was reported. */
export function missesOf({ mechanism }: Cell, { check, found, diff, honest }: CellReport): readonly string[] {
  const misses: string[] = [];
  if (check === undefined && mechanism.reportedBy !== 'diff') {
    misses.push(`check does not report the token${found.length === 0 ? '' : `, only ${found.join(', ')}`}`);
  }
  if (!diff && mechanism.reportedBy !== 'check') misses.push('diff does not name what changed');
  // A changed registry is reported, whoever changes it, and so are exclusions by a policy.
  const shown = /install-source-changed|protection-weakened at (?:docs\/\*\*|\*\*\/\*\.log)$/;
  const alarms = honest.filter((alarm) => !shown.test(alarm));
  return [...misses, ...alarms.map((alarm) => `of the honest change: ${alarm}`)];
}

/** Checks whether a cell has to be reported: the real manager installed the planted package. */
export function isProved(outcome: Outcome | undefined): boolean {
  return outcome === 'installs';
}
