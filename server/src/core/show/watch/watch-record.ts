import type { AdvisorySeverity, AdvisorySource } from '../../know/advisory/advisory.ts';
import type { TrustLevel } from '../../know/registry/releases/trust-level.ts';

/**
 * The known facts about a project's direct dependencies at one moment: plain data that outlives the program. Facts that
 * may be unknown are null, never taken for a no.
 */
export interface WatchRecord {
  /** Milliseconds since 1970. */
  readonly takenAt: number;
  /** Sorted by name, each once, however many manifests declare it. */
  readonly dependencies: readonly WatchedDependency[];
  /** Names that could be mistaken for those of the organisation, as far as the policy lists these. Sorted. */
  readonly lookAlikes: readonly WatchedLookAlike[];
  /** The accounts that the policy lists, in its order. */
  readonly accounts: readonly WatchedAccount[];
}

export interface WatchedAccount {
  readonly name: string;
  /** The host of the registry that was asked: another one has other accounts. */
  readonly host: string;
  /** All that it can publish; null if unknown, also in part. */
  readonly packages: readonly WatchedPackage[] | null;
}

/** A package with its latest version. */
export interface WatchedPackage {
  readonly name: string;
  readonly version: string;
}

export interface WatchedLookAlike {
  readonly name: string;
  /** The name of the organisation that it looks like. */
  readonly like: string;
  /** Its highest version; false if no registry has it, null if unknown. */
  readonly version: string | false | null;
}

export interface WatchedDependency {
  /** The name requested from the registry. */
  readonly name: string;
  /** The locked versions, or if nothing is locked those a range would select; sorted. Empty if unknown. */
  readonly versions: readonly WatchedVersion[];
  readonly newest: NewestVersion | null;
  readonly publisher: WatchedPublisher | null;
  readonly release: WatchedRelease | null;
  /** What an update of each version in use would install, where that is not the newest version. Null if unknown. */
  readonly lines: readonly WatchedLine[] | null;
  /** The accounts that can publish it, sorted. */
  readonly maintainers: readonly string[] | null;
  /** Whether its registry has it. */
  readonly isListed: boolean | null;
}

/** What an install of the newest version does, and how strongly that is attested. */
export interface WatchedRelease {
  readonly version: string;
  readonly hasScript: boolean | null;
  readonly trust: TrustLevel | null;
}

/** The highest version in the range `^` of one in use. */
export interface WatchedLine extends WatchedRelease {
  /** When its cooldown ends, in milliseconds since 1970, if it had not ended. */
  readonly waitsUntil: number | null;
}

export interface WatchedVersion {
  readonly version: string;
  readonly advisories: readonly WatchedAdvisory[];
  /** The sources that have answered for the version: another one's later answer may not be new. */
  readonly toldBy: readonly AdvisorySource[];
  /** The publisher's text; false if not deprecated. */
  readonly deprecated: string | false | null;
  /** Whether its registry has it. */
  readonly isListed: boolean | null;
}

export interface WatchedAdvisory {
  /** Its primary id first, then its aliases. */
  readonly ids: readonly string[];
  readonly source: AdvisorySource;
  readonly severity: AdvisorySeverity | null;
  readonly about: string | null;
  readonly fixedIn: string | null;
  readonly isMalware: boolean;
  /** It marks every version of a popular package as malware. */
  readonly isDoubtful: boolean;
  /** Whether dependency-hygiene.json accepted it. */
  readonly isAccepted: boolean;
}

/** The highest stable version that is not deprecated and not above the `latest` tag. */
export interface NewestVersion {
  readonly version: string;
  /** When its cooldown ends, in milliseconds since 1970, if it had not ended. */
  readonly waitsUntil: number | null;
}

/** The publisher of the newest version. */
export interface WatchedPublisher {
  readonly version: string;
  readonly name: string;
  /** Whether the registry shows signs that somebody else published the earlier versions; see `publisherSigns`. */
  readonly isUnlikeBefore: boolean;
}
