import type { ExposedPackage } from '../../../judge/exposure/exposed-place.ts';
import type { AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import type { CapabilityRecord } from '../../../know/capabilities/record.ts';
import type { PackageFacts } from '../../../know/facts/package-facts.ts';
import type { ScriptVerdict } from '../../../know/scripts/script-verdict.ts';
import type { DependencyGraph, NodeNumber } from '../../../read/graph/dependency-graph.ts';
import type { StartedFile } from '../../../read/project/started-code.ts';
import type { Finding } from '../../../read/text/finding.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import type { RegistryFacts } from '../../features/describe-registry.ts';
import type { IgnoredFacts } from '../../features/hover/ignored-facts.ts';
import type { VerifyCard } from '../../verify/verify-card.ts';
import type { PageHost } from '../html/page-document.ts';

/** Everything that the page of one package shows. Unknown is said to be unknown. */
export interface PackagePageInput {
  readonly host: PageHost;
  /** The package's own name. */
  readonly name: string;
  /** The version that the page is about, and why; undefined if none is known. */
  readonly subject: { readonly version: string; readonly because: 'asked' | 'locked' | 'latest' } | undefined;
  /** All locked versions, ascending. */
  readonly locked: readonly string[];
  /** The project that the page is about, for display. */
  readonly project: string;
  /** Its source in words, if that is no registry. */
  readonly elsewhere: string | undefined;
  readonly registry: RegistryFacts;
  readonly known: PackageFacts;
  readonly advisories: PageAdvisories;
  /** The findings on it in files of the project. */
  readonly findings: readonly PlacedFinding[];
  readonly graph: DependencyGraph | undefined;
  /** The instances of the version in the graph. */
  readonly nodes: readonly NodeNumber[];
  /** The version that an update would install; undefined if there is none, or that is unknown. */
  readonly candidate: string | undefined;
  /** What the code of the version can do, by its installed folder or an earlier scan. */
  readonly code: CapabilityRecord | undefined;
  /** The same of the candidate, if it was scanned before. */
  readonly candidateCode: CapabilityRecord | undefined;
  readonly scripts: PageScripts;
  /** The results of a verification, if one was asked for. */
  readonly verification: VerifyCard | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Of this program. */
  readonly version: string;
}

export interface PageAdvisories {
  /** Those that affect the version, worst first. */
  readonly affecting: readonly Advisory[];
  /** Those that may affect it. */
  readonly undecided: readonly Advisory[];
  /** What it pulls in and advisories affect, shortest path first. */
  readonly pulledIn: readonly ExposedPackage[];
  /** The days until which the project's configuration accepts the advisories on it, and on what it pulls in. */
  readonly ignored: Pick<IgnoredFacts, 'own' | 'pulledIn'>;
  /** All on the package, for the versions in the timeline. */
  readonly all: readonly Advisory[];
  readonly sources: readonly AdvisorySourceState[];
  /** Whether public advisories do not apply, as another package has the same name. */
  readonly isPrivate: boolean;
  /** The lowest later version without known vulnerabilities. */
  readonly fixedIn: string | undefined;
}

/** Returns the sources that count for the package: about a private one, the public registry says nothing. */
export function countingSources({ sources, isPrivate }: PageAdvisories): readonly AdvisorySourceState[] {
  return isPrivate
    ? sources.filter(({ source, host }) => source === 'registry' && host !== undefined)
    : sources;
}

/** Returns those of them that answered. */
export function usedSources(advisories: PageAdvisories): readonly AdvisorySourceState[] {
  return countingSources(advisories).filter(({ state }) => state === 'used');
}

export interface PlacedFinding {
  readonly finding: Finding;
  readonly uri: Uri;
  /** Positions count from 0, characters in UTF-16 code units. */
  readonly line: number;
  readonly character: number;
  /** Relative to the open folders. */
  readonly path: string;
}

export interface PageScripts {
  /** Whether the lockfile flags the locked entry; undefined if it does not say. */
  readonly locked: boolean | undefined;
  readonly verdict: ScriptVerdict;
  /** Of the installed copy; undefined if there is none. */
  readonly installed: readonly (readonly [name: string, command: string])[] | undefined;
  /** The files that these start. */
  readonly started: readonly StartedFile[];
  /** The beginnings of these files. */
  readonly texts: readonly ScriptText[];
}

export interface ScriptText {
  /** Relative to the folder of the package. */
  readonly path: string;
  readonly uri: Uri;
  readonly text: string;
  /** Whether there is more. */
  readonly isCut: boolean;
}
