import type { CoverageGap, GapReason } from '../../../judge/check/coverage.ts';
import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import { isGuardRule } from './guard-findings.ts';
import type { GuardReport } from './guard-report.ts';

/** Separates what should have been judged from what nobody knows, for the packages that would be installed. */
export function guardGaps(
  gaps: readonly CoverageGap[],
  entries: readonly LockEntry[],
): Pick<GuardReport, 'failed' | 'unknown'> {
  const names = new Set(entries.map(({ name }) => name));
  const ofRegistry = new Set(entries.flatMap(({ name, source }) => (source === 'registry' ? [name] : [])));
  const wanted = gaps.filter((gap) => isWanted(gap, names));
  return {
    failed: wanted.filter((gap) => isFailure(gap, ofRegistry)),
    unknown: wanted.filter((gap) => !isFailure(gap, ofRegistry)),
  };
}

/** Without these facts nothing is known to be clean. */
const FAILURES: ReadonlySet<GapReason> = new Set([
  ...(['offline', 'unreachable', 'failed', 'no-access', 'untrusted', 'new-since-base'] as const),
  ...(['damaged', 'unread', 'unsupported', 'not-asked'] as const),
]);
/** A package from a registry that may not be asked about it: an impostor of a private one comes from there too. */
const CLOSED: ReadonlySet<GapReason> = new Set(['private', 'elsewhere']);

function isFailure({ reason, packages = [] }: CoverageGap, ofRegistry: ReadonlySet<string>): boolean {
  return FAILURES.has(reason) || (CLOSED.has(reason) && packages.some((name) => ofRegistry.has(name)));
}

/** Leaves out rules on the upkeep of the project, packages that are not installed, and what further rounds ask about. */
function isWanted({ reason, rules, packages = [] }: CoverageGap, names: ReadonlySet<string>): boolean {
  if (reason === 'not-asked' || (rules !== undefined && !rules.some(isGuardRule))) return false;
  return packages.length === 0 || packages.some((name) => names.has(name.replace(/(?<=.)@.*$/, '')));
}
