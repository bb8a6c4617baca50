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

/** So many findings of a rule are shown before those of other rules. */
const MOST_OF_A_RULE = 3;

/**
 * Returns at most so many findings of a ranked list to show: a few of each rule, so that one rule does not hide the others,
 * and all malware; where there is room left, more errors. They keep their order.
 */
export function fewOfEach(ranked: readonly ReportedFinding[], most: number): readonly ReportedFinding[] {
  if (ranked.length <= most) return ranked;
  const counts = new Map<string, number>();
  const isEarly = ({ finding }: ReportedFinding) => {
    const count = counts.get(finding.rule) ?? 0;
    counts.set(finding.rule, count + 1);
    return count < MOST_OF_A_RULE || finding.rule === 'malicious-version';
  };
  const early = ranked.filter(isEarly).slice(0, most);
  const chosen = new Set(early);
  const errors = ranked.filter((each) => each.finding.severity === 'error' && !chosen.has(each));
  for (const each of errors.slice(0, most - early.length)) chosen.add(each);
  return ranked.filter((each) => chosen.has(each));
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
