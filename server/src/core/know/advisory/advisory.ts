/** As the npm registry's advisories name it; CVSS's "medium" is `moderate`. `info` is npm's mildest. */
export type AdvisorySeverity = 'critical' | 'high' | 'moderate' | 'low' | 'info';

/**
 * Where knowledge of advisories comes from. bundled: the snapshot that comes with the program; database: the local one
 * made of a dump; registry: the bulk endpoint of the registry that serves a package; osv: the web service of OSV.
 */
export type AdvisorySource = 'bundled' | 'database' | 'registry' | 'osv';

/**
 * What an advisory says of one version. unknown: it is within the range as written, but the source lost where the range
 * ends, and nothing else confirms this version; or the version is none. Never a finding, and never clean either.
 */
export type Affected = 'yes' | 'no' | 'unknown';

/** One report about one package: a vulnerability, or malware. Reports of the same thing under several ids are one. */
export interface Advisory {
  /** GHSA where there is one, else MAL, else CVE, else what the source calls it. */
  readonly id: string;
  /** Its other ids, sorted. */
  readonly aliases: readonly string[];
  readonly package: string;
  /** Undefined where neither the record nor a CVSS vector says it. Malware counts as critical. */
  readonly severity: AdvisorySeverity | undefined;
  /** CVSS base score, 0 to 10. */
  readonly score: number | undefined;
  /** `CWE-79`, in the order of the record. */
  readonly cwes: readonly string[];
  readonly isMalware: boolean;
  /** The source's own, untrusted text; undefined where it has none. */
  readonly title: string | undefined;
  /** ISO 8601 days, where known. */
  readonly published: string | undefined;
  readonly modified: string | undefined;
  /** The affected versions as one npm range, for people: `<0.2.4 || >=1.0.0 <1.2.3`. */
  readonly range: string;
  /** Whether the source lost the upper bound of the range. */
  readonly isUnbounded: boolean;
  /** Versions that the record names as fixed, ascending. */
  readonly fixedIn: readonly string[];
  /** See `AdvisoryReport`; of merged reports the best one's. */
  readonly quality: RecordQuality;
  readonly isLow: boolean;
  /** The source that this was read from; of merged reports the most authoritative one. */
  readonly source: AdvisorySource;
  /** Prereleases count as the records mean it: npm's `includePrerelease`. */
  affects(version: string): Affected;
}

/**
 * How whole a record is. partial: a recorded answer, which has only the ranges that were asked for. disputed: somebody
 * denies it. Withdrawn records are no reports at all, and a range whose end is lost says so itself.
 */
export type RecordQuality = 'complete' | 'partial' | 'disputed';
