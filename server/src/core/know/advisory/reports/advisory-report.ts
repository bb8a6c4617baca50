import type { AdvisorySeverity, RecordQuality } from '../advisory.ts';

/** A version at the edge of an interval. */
export interface Bound {
  readonly version: string;
  /** Whether the version itself belongs to the interval. */
  readonly inclusive: boolean;
}

/** Versions from a start to an end, prereleases included. */
export interface VersionInterval {
  /** Undefined: from the very first version. */
  readonly start: Bound | undefined;
  /** open: the source says that all later versions are affected. lost: there is an end, and it did not reach us. */
  readonly end: Bound | 'open' | 'lost';
}

/** What one record, or several about the same thing, report of one package: plain data, not yet judged. */
export interface AdvisoryReport {
  /** The record's own id first, then its aliases. */
  readonly ids: readonly [string, ...string[]];
  readonly package: string;
  readonly severity: AdvisorySeverity | undefined;
  /** CVSS base score, 0 to 10. */
  readonly score: number | undefined;
  readonly cwes: readonly string[];
  readonly isMalware: boolean;
  /** Whether GitHub has reviewed it: its ranges then go before those of others. */
  readonly isReviewed: boolean;
  /** Whether it comes from a list that rates and ranges less carefully: Retire.js, the retired nodejs/security-wg. */
  readonly isLow: boolean;
  readonly quality: RecordQuality;
  readonly title: string | undefined;
  /** ISO 8601 days. */
  readonly published: string | undefined;
  readonly modified: string | undefined;
  readonly intervals: readonly VersionInterval[];
  /** Affected versions that are listed one by one. */
  readonly versions: readonly string[];
}
