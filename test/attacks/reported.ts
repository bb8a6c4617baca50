import type { Cell, Outcome } from './fixtures.ts';
import type { CellReport } from './reports.ts';

/** What the product owes a cell whose install was proved, and did not report; empty where it reported all. */
export function missesOf({ mechanism }: Cell, { check, found, diff, honest }: CellReport): readonly string[] {
  const misses: string[] = [];
  if (check === undefined && mechanism.reportedBy !== 'diff') {
    misses.push(`check does not report the token${found.length === 0 ? '' : `, only ${found.join(', ')}`}`);
  }
  if (!diff && mechanism.reportedBy !== 'check') misses.push('diff does not name what changed');
  // A registry that changes is reported as that, whoever changes it, and so is what a policy leaves out.
  const shown = /install-source-changed|protection-weakened at (?:docs\/\*\*|\*\*\/\*\.log)$/;
  const alarms = honest.filter((alarm) => !shown.test(alarm));
  return [...misses, ...alarms.map((alarm) => `of the honest change: ${alarm}`)];
}

/** Whether a cell has to be reported: the real manager installed what was planted. */
export function isProved(outcome: Outcome | undefined): boolean {
  return outcome === 'installs';
}
