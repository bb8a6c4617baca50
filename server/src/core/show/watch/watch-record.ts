import type { AdvisorySeverity, AdvisorySource } from '../../know/advisory/advisory.ts';

/**
 * What was known of the direct dependencies of a project at one moment: plain data, which outlives the program. Whatever
 * may be unknown is null then, and never taken for a no.
 */
export interface WatchRecord {
  /** Milliseconds since 1970. */
  readonly takenAt: number;
  /** Sorted by name, each once, however many manifests declare it. */
  readonly dependencies: readonly WatchedDependency[];
}

export interface WatchedDependency {
  /** The name that the registry is asked for. */
  readonly name: string;
  /** Those that are locked, or that a range would take where nothing is; sorted. Empty where that is not known. */
  readonly versions: readonly WatchedVersion[];
  readonly newest: NewestVersion | null;
  readonly publisher: WatchedPublisher | null;
}

export interface WatchedVersion {
  readonly version: string;
  readonly advisories: readonly WatchedAdvisory[];
  /** Who has told what they know of the version: what another one tells later was perhaps known before. */
  readonly toldBy: readonly AdvisorySource[];
  /** What its publisher says in its place; false where it is not deprecated. */
  readonly deprecated: string | false | null;
}

export interface WatchedAdvisory {
  /** The one that it goes by first, then its others. */
  readonly ids: readonly string[];
  readonly source: AdvisorySource;
  readonly severity: AdvisorySeverity | null;
  readonly about: string | null;
  readonly fixedIn: string | null;
  readonly isMalware: boolean;
  /** It calls every version of a widely used package malware. */
  readonly isDoubtful: boolean;
  /** Whether dependency-hygiene.json accepted it. */
  readonly isAccepted: boolean;
}

/** The highest stable version that is not deprecated and not above what the tag `latest` means. */
export interface NewestVersion {
  readonly version: string;
  /** When the cooldown in force lets it through, in milliseconds since 1970, where it did not yet. */
  readonly waitsUntil: number | null;
}

/** Who published the newest version. */
export interface WatchedPublisher {
  readonly version: string;
  readonly name: string;
  /** Whether the registry shows signs that somebody else published the versions before; see `publisherSigns`. */
  readonly isUnlikeBefore: boolean;
}
