import type { Advisory, AdvisorySeverity, AdvisorySource } from '../advisory/advisory.ts';
import type { FoundAdvisory } from '../finding.ts';
import { aboutOf } from './about-advisory.ts';
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
  /** What it is about, in our words where the kind of weakness is known. */
  readonly about: string | null;
  readonly range: string;
  /** The least later version that no advisory affects, where one is named. */
  readonly fixedIn: string | null;
  /** `mkdirp 0.5.1`, from what brings the package to the package itself. */
  readonly path: readonly string[];
  readonly source: AdvisorySource;
}

/** The facts of an advisory that affects the package. */
export function factsOf(
  { name, version, path }: Pick<ExposedPackage, 'name' | 'version' | 'path'>,
  advisory: Advisory,
  fixedIn: string | undefined,
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
    fixedIn: fixedIn ?? null,
    path,
    source: advisory.source,
  };
}

/** As findings and ignore entries name it. */
export function foundAdvisory({ id, aliases, package: name, version }: AdvisoryFacts): FoundAdvisory {
  return { ids: [id, ...aliases], package: name, version };
}
