import type { AdvisorySeverity, RecordQuality } from '../advisory.ts';

/** A version at the edge of an interval. */
export interface Bound {
  readonly version: string;
  /** Whether the version itself belongs to the interval. */
  readonly inclusive: boolean;
}

/** Versions from a start to an end, including prereleases. */
export interface VersionInterval {
  /** Undefined: from the very first version. */
  readonly start: Bound | undefined;
  /** open: the source says that all later versions are affected. lost: there is an end, but the source lacks it. */
  readonly end: Bound | 'open' | 'lost';
}

/** The report of one record, or of several on the same thing, on one package: raw data, not yet evaluated. */
export interface AdvisoryReport {
  /** The record's own id first, then its aliases. */
  readonly ids: readonly [string, ...string[]];
  readonly package: string;
  readonly severity: AdvisorySeverity | undefined;
  /** CVSS base score, 0 to 10. */
  readonly score: number | undefined;
  readonly cwes: readonly string[];
  readonly isMalware: boolean;
  /** Whether GitHub has reviewed it: its ranges then take precedence. */
  readonly isReviewed: boolean;
  /** Whether it comes from a list with less careful ratings and ranges: Retire.js, the retired nodejs/security-wg. */
  readonly isLow: boolean;
  readonly quality: RecordQuality;
  readonly title: string | undefined;
  /** ISO 8601 days. */
  readonly published: string | undefined;
  readonly modified: string | undefined;
  readonly intervals: readonly VersionInterval[];
  /** Affected versions listed individually. */
  readonly versions: readonly string[];
}
