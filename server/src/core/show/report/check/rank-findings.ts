import { lockfileKindOf } from '../../../read/lockfile/detect.ts';
import { type Finding, SEVERITIES } from '../../../read/text/finding.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { nameOf } from '../../../read/text/paths/uri.ts';
import type { ReportedFinding } from './report.ts';

/** Checks whether a finding is in a fixture, an example or a template. */
export type IsFixture = (finding: Finding) => boolean;

const noFixture: IsFixture = () => false;

/**
 * Returns the findings worst first: by severity; malware before the rest; those of fixtures after the rest; critical
 * vulnerabilities before milder ones; production before development; direct before transitive. Keeps the order within
 * a rank.
 */
export function worstFirst(
  findings: readonly ReportedFinding[],
  isFixture = noFixture,
): readonly ReportedFinding[] {
  const ranked = findings.map((reported, at) => ({
    reported,
    at,
    rank: rankOf(reported.finding, isFixture),
  }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank) || a.at - b.at);
  return ranked.map(({ reported }) => reported);
}

/** What is ranked by its finding. */
type Ranked = Pick<ReportedFinding, 'finding'>;

/** The maximum number of findings shown per rule, not counting errors. */
const MOST_OF_A_RULE = 3;

/**
 * Returns at most `most` findings of a ranked list, in its order. Errors come first, the worst ones, with one for each
 * rule that has errors, so that one rule does not hide the others. Milder findings, a few of each rule, are included
 * only if every error is.
 */
export function fewOfEach<T extends Ranked>(ranked: readonly T[], most: number): readonly T[] {
  if (ranked.length <= most) return ranked;
  const errors = ranked.filter(({ finding }) => finding.severity === 'error');
  const milder = ranked.filter(({ finding }) => finding.severity !== 'error');
  const first = firstOfEachRule(errors, 1);
  const chosen = new Set([...first, ...errors.filter((each) => !first.includes(each))].slice(0, most));
  if (chosen.size === errors.length)
    for (const each of firstOfEachRule(milder, MOST_OF_A_RULE).slice(0, most - chosen.size)) chosen.add(each);
  return ranked.filter((each) => chosen.has(each));
}

function firstOfEachRule<T extends Ranked>(findings: readonly T[], most: number): readonly T[] {
  const counts = new Map<string, number>();
  return findings.filter(({ finding: { rule } }) => {
    const count = counts.get(rule) ?? 0;
    counts.set(rule, count + 1);
    return count < most;
  });
}

/** Groups ranked findings by file as far as their ranks allow. */
export function besideTheirFile<T extends Ranked>(ranked: readonly T[], isFixture = noFixture): readonly T[] {
  const tiers = [...groupBy(ranked, ({ finding }) => rankOf(finding, isFixture).join())].map(
    ([, tier]) => tier,
  );
  const sorted: T[] = [];
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

function rankOf(finding: Finding, isFixture: IsFixture): Rank {
  const { dev = false, isDirect = !isInLockfile(finding), advisories = [] } = finding.data as ExposureData;
  return [
    SEVERITIES.indexOf(finding.severity),
    finding.rule === 'malicious-version' ? 0 : 1,
    isFixture(finding) ? 1 : 0,
    advisories.some(({ severity }) => severity === 'critical') ? 0 : 1,
    dev ? 1 : 0,
    isDirect ? 0 : 1,
  ];
}

/** The data of advisory findings about their package; other findings lack it. */
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
