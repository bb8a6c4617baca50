import { lockfileKindOf } from '../../../read/lockfile/detect.ts';
import { type Finding, SEVERITIES } from '../../../read/text/finding.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { nameOf } from '../../../read/text/paths/uri.ts';
import type { ReportedFinding } from './report.ts';

/**
 * Returns the findings with the worst first: by severity; malware before the rest; critical vulnerabilities before milder ones;
 * production before development; direct before transitive. Those of the same rank keep their order.
 */
export function worstFirst(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const ranked = findings.map((reported, at) => ({ reported, at, rank: rankOf(reported.finding) }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank) || a.at - b.at);
  return ranked.map(({ reported }) => reported);
}

/** So many findings of a rule are shown that are no errors. */
const MOST_OF_A_RULE = 3;

/**
 * Returns at most so many findings of a ranked list to show, in its order. Errors fill the room, the worst first, and each
 * rule that has errors gets one of them, so that one rule does not hide the others. Only where every error is shown there
 * are milder findings, a few of each rule.
 */
export function fewOfEach(ranked: readonly ReportedFinding[], most: number): readonly ReportedFinding[] {
  if (ranked.length <= most) return ranked;
  const errors = ranked.filter(({ finding }) => finding.severity === 'error');
  const milder = ranked.filter(({ finding }) => finding.severity !== 'error');
  const first = firstOfEachRule(errors, 1);
  const chosen = new Set([...first, ...errors.filter((each) => !first.includes(each))].slice(0, most));
  if (chosen.size === errors.length)
    for (const each of firstOfEachRule(milder, MOST_OF_A_RULE).slice(0, most - chosen.size)) chosen.add(each);
  return ranked.filter((each) => chosen.has(each));
}

function firstOfEachRule(findings: readonly ReportedFinding[], most: number): readonly ReportedFinding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ finding: { rule } }) => {
    const count = counts.get(rule) ?? 0;
    counts.set(rule, count + 1);
    return count < most;
  });
}

/** Returns ranked findings with those of one file next to each other as far as their ranks allow it. */
export function besideTheirFile(ranked: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const tiers = [...groupBy(ranked, ({ finding }) => rankOf(finding).join())].map(([, tier]) => tier);
  const sorted: ReportedFinding[] = [];
  tiers.forEach((tier, at) => {
    const before = sorted.at(-1)?.finding.uri;
    const next = new Set(tiers[at + 1]?.map(({ finding }) => finding.uri));
    const files = [...groupBy(tier, ({ finding }) => finding.uri)];
    const last = files.findLast(([uri]) => next.has(uri) && uri !== before)?.[0];
    const placeOf = (uri: string) => (uri === before ? 0 : uri === last ? 2 : 1);
    files.sort(([a], [b]) => placeOf(a) - placeOf(b));
    for (const [, findings] of files) sorted.push(...findings);
  });
  return sorted;
}

type Rank = readonly number[];

function rankOf(finding: Finding): Rank {
  const { dev = false, isDirect = !isInLockfile(finding), advisories = [] } = finding.data as ExposureData;
  return [
    SEVERITIES.indexOf(finding.severity),
    finding.rule === 'malicious-version' ? 0 : 1,
    advisories.some(({ severity }) => severity === 'critical') ? 0 : 1,
    dev ? 1 : 0,
    isDirect ? 0 : 1,
  ];
}

/** What the findings of advisories say of their package; other findings lack it. */
interface ExposureData {
  readonly dev?: boolean;
  readonly isDirect?: boolean;
  readonly advisories?: readonly { readonly severity?: string | null }[];
}

function isInLockfile({ uri }: Finding): boolean {
  return lockfileKindOf(nameOf(uri)) !== undefined;
}

function compareRanks(a: Rank, b: Rank): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}
