import type { Approval, ApprovalTriggers } from '../../../read/policy-file/approval.ts';
import type { Policy } from '../../../read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../../read/policy-file/policy-loosening.ts';

export interface ReviewedApprovals {
  readonly approvals: readonly Approval[];
  readonly requireApproval: ApprovalTriggers;
  readonly loosenings: readonly PolicyLoosening[];
}

/** Returns the approvals that both policies have, and the stricter triggers of both. */
export function reviewApprovals(before: Policy, after: Policy): ReviewedApprovals {
  const keyOf = ({ name, range, by, date, expires = '' }: Approval) =>
    JSON.stringify([name, range, by, date, expires]);
  const known = new Set(before.approvals.map(keyOf));
  const added = after.approvals.filter((approval) => !known.has(keyOf(approval)));
  const [old, now] = [before.requireApproval, after.requireApproval];
  const requireApproval: ApprovalTriggers = {
    weeklyDownloadsOver: smaller(old.weeklyDownloadsOver, now.weeklyDownloadsOver),
    installScripts: old.installScripts === true ? true : now.installScripts,
    newMaintainerDays: larger(old.newMaintainerDays, now.newMaintainerDays),
    contact: now.contact ?? old.contact,
  };
  const lost = (['weeklyDownloadsOver', 'installScripts', 'newMaintainerDays'] as const).filter(
    (key) => requireApproval[key] !== now[key],
  );
  if (added.length === 0 && lost.length === 0)
    return { approvals: after.approvals, requireApproval: now, loosenings: [] };
  return {
    approvals: after.approvals.filter((approval) => !added.includes(approval)),
    requireApproval,
    loosenings: [
      ...lost.map(
        (key): PolicyLoosening => ({
          ...{ key: `requireApproval.${key}`, value: String(now[key] ?? 'not set') },
          ...{ before: String(old[key]), span: undefined, severity: 'warning', counts: false },
        }),
      ),
      ...added.map(
        ({ name, range, keySpan }): PolicyLoosening => ({
          ...{ key: 'approvals', value: `${name.join(' ')} ${range}`, before: undefined },
          ...{ span: keySpan, severity: 'information', counts: false },
        }),
      ),
    ],
  };
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
