import type { Advisory, AdvisorySeverity, AdvisorySource } from '../../know/advisory/advisory.ts';
import { ownIds } from '../../know/advisory/reports/own-ids.ts';
import type { FoundAdvisory } from '../../read/text/finding.ts';
import { aboutOf } from './about-advisory.ts';
import { type KnownFix, ownFix } from './clearing-version.ts';
import type { ExposedPackage } from './exposed-place.ts';

/** An advisory and the package that it affects, as plain data for messages and reports. */
export interface AdvisoryFacts {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly package: string;
  readonly version: string;
  readonly severity: AdvisorySeverity | null;
  readonly score: number | null;
  readonly cwes: readonly string[];
  readonly malware: boolean;
  /** Its title, or else the name of its weakness. */
  readonly about: string | null;
  readonly range: string;
  /** The lowest later version that this advisory does not affect, if it names one. */
  readonly fixedIn: string | null;
  /** The lowest later version that no advisory affects, if one is named. */
  readonly allFixedIn: string | null;
  /** Whether `allFixedIn` is affected after all, by this record of a source that decides no fixes. */
  readonly isLeft: boolean;
  /** Whether such a version may exist anyway: a record on the version does not state where its range ends. */
  readonly isFixUnknown: boolean;
  /** Whether it is disputed. */
  readonly isDisputed: boolean;
  /** `mkdirp 0.5.1`, from the direct dependency to the package itself. */
  readonly path: readonly string[];
  readonly source: AdvisorySource;
}

/** Returns the facts of an advisory that affects the package. */
export function factsOf(
  { name, version, path }: Pick<ExposedPackage, 'name' | 'version' | 'path'>,
  advisory: Advisory,
  fix: KnownFix,
): AdvisoryFacts {
  return {
    id: advisory.id,
    aliases: advisory.aliases,
    package: name,
    version,
    severity: advisory.severity ?? null,
    score: advisory.score ?? null,
    cwes: advisory.cwes,
    malware: advisory.isMalware,
    about: aboutOf(advisory) ?? null,
    range: advisory.range,
    fixedIn: ownFix(advisory, version) ?? null,
    allFixedIn: fix.state === 'fixed' ? fix.version : null,
    isLeft: fix.state === 'fixed' && advisory.affects(fix.version) !== 'no',
    isFixUnknown: fix.state === 'unknown',
    isDisputed: advisory.quality === 'disputed',
    path,
    source: advisory.source,
  };
}

/**
 * Returns the advisory as findings and ignore entries name it.
 *
 * @param all the advisories on the package
 */
export function foundAdvisory(
  { name, version }: Pick<ExposedPackage, 'name' | 'version'>,
  advisory: Advisory,
  all: readonly Advisory[],
): FoundAdvisory {
  return { ids: ownIds(advisory, all), package: name, version };
}
