import type { Advisories } from '../../know/advisory/advisories.ts';
import type { AdvisorySeverity } from '../../know/advisory/advisory.ts';
import type { Project } from '../../read/project/project.ts';
import { plural } from '../../read/text/words/words.ts';
import { affectingIn, reportsIn } from './affecting.ts';
import { severityWord } from './describe-advisory.ts';

/** What is known against versions that a project could use. */
export interface KnownAgainst {
  /** Checks for malware, which no fix may lead to. */
  isMalware(name: string, version: string): boolean;
  vulnerabilitiesOf(name: string, version: string): KnownVulnerabilities | undefined;
  /** Returns a key that represents everything known against a package. */
  keyOf(name: string): string;
}

export interface KnownVulnerabilities {
  readonly count: number;
  readonly highest: AdvisorySeverity | null;
}

/** Returns what advisories know against versions, for lists of versions to choose from. */
export function knownAgainst(
  project: Pick<Project, 'policy' | 'npmConfig' | 'memberNames'>,
  advisories: Advisories,
): KnownAgainst {
  const affecting = affectingIn(project, advisories);
  const reports = reportsIn(project, advisories);
  return {
    isMalware: (name, version) => affecting(name, version).some((advisory) => advisory.isMalware),
    vulnerabilitiesOf(name, version) {
      const found = affecting(name, version);
      return found.length === 0 ? undefined : { count: found.length, highest: found[0]!.severity ?? null };
    },
    keyOf: (name) =>
      reports(name)
        .map(({ id, range, isMalware }) => `${id} ${range} ${isMalware}`)
        .join(),
  };
}

/** Formats `1 known vulnerability (high)`, `2 known vulnerabilities (highest: high)`. */
export function describeVulnerability(known: KnownVulnerabilities): string {
  const { count, highest } = known;
  const many = countVulnerabilities(known);
  if (highest === null) return many;
  return `${many} (${count === 1 ? '' : 'highest: '}${severityWord(highest)})`;
}

/** Formats the same without the severity. */
export function countVulnerabilities({ count }: Pick<KnownVulnerabilities, 'count'>): string {
  return plural(count, 'known vulnerability', 'known vulnerabilities');
}
