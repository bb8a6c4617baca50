/** In the terms of the npm registry's advisories; CVSS's "medium" is `moderate`. `info` is npm's mildest. */
export type AdvisorySeverity = 'critical' | 'high' | 'moderate' | 'low' | 'info';

/**
 * Where advisories come from. bundled: the snapshot shipped with the program; database: the local one built from a
 * dump; registry: the bulk endpoint of the registry that serves a package; osv: the web service of OSV.
 */
export type AdvisorySource = 'bundled' | 'database' | 'registry' | 'osv';

/**
 * Whether an advisory affects a version. unknown: it is within the range as written, but the source lost the end of the
 * range, and nothing else confirms this version; or the version is invalid. Neither a finding nor clean.
 */
export type Affected = 'yes' | 'no' | 'unknown';

/** One report on one package: a vulnerability, or malware. Reports of the same thing under several ids are one. */
export interface Advisory {
  /** GHSA if there is one, otherwise MAL, otherwise CVE, otherwise the source's own id. */
  readonly id: string;
  /** Its other ids, sorted. */
  readonly aliases: readonly string[];
  readonly package: string;
  /** Undefined if neither the record nor a CVSS vector states it. Malware counts as critical. */
  readonly severity: AdvisorySeverity | undefined;
  /** CVSS base score, 0 to 10. */
  readonly score: number | undefined;
  /** `CWE-79`, in the order of the record. */
  readonly cwes: readonly string[];
  readonly isMalware: boolean;
  /** The source's own, untrusted text; undefined if it has none. */
  readonly title: string | undefined;
  /** ISO 8601 days, if known. */
  readonly published: string | undefined;
  readonly modified: string | undefined;
  /** The affected versions as one npm range, for people: `<0.2.4 || >=1.0.0 <1.2.3`. */
  readonly range: string;
  /** Whether the source lost the upper bound of the range. */
  readonly isUnbounded: boolean;
  /** Versions that the record names as fixed, ascending. */
  readonly fixedIn: readonly string[];
  /** See `AdvisoryReport`; for merged reports that of the best one. */
  readonly quality: RecordQuality;
  readonly isLow: boolean;
  /** The source that it was read from; for merged reports the most authoritative one. */
  readonly source: AdvisorySource;
  /** Prereleases count as the records intend: npm's `includePrerelease`. */
  affects(version: string): Affected;
}

/**
 * The completeness of a record. partial: a recorded response, which has only the requested ranges. disputed: somebody
 * denies it. Withdrawn records are not reports at all, and a range without its end is marked as such.
 */
export type RecordQuality = 'complete' | 'partial' | 'disputed';
