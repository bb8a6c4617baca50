import { type Finding, SEVERITIES } from '../finding.ts';
import { lockfileKindOf } from '../lockfile/detect.ts';
import { nameOf } from '../text/uri.ts';
import type { ReportedFinding } from './report.ts';

/**
 * Returns the findings with the worst first: by severity; malware before the rest; production before development; direct
 * before transitive; critical vulnerabilities before milder ones. Those of the same rank keep their order.
 */
export function worstFirst(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const ranked = findings.map((reported, at) => ({ reported, at, rank: rankOf(reported.finding) }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank) || a.at - b.at);
  return ranked.map(({ reported }) => reported);
}

type Rank = readonly number[];

function rankOf(finding: Finding): Rank {
  const { dev = false, isDirect = !isInLockfile(finding), advisories = [] } = finding.data as ExposureData;
  return [
    SEVERITIES.indexOf(finding.severity),
    finding.rule === 'malicious-version' ? 0 : 1,
    dev ? 1 : 0,
    isDirect ? 0 : 1,
    advisories.some(({ severity }) => severity === 'critical') ? 0 : 1,
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
