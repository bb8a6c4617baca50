import semver from 'semver';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { parsedVersion } from '../../know/registry/documents/parsed-version.ts';
import { fitsEngines } from '../../know/registry/releases/fits-engines.ts';
import type { DependencyGraph } from '../../read/graph/dependency-graph.ts';
import { nodesNamed } from '../../read/graph/nodes-by-name.ts';
import { askCoolDown, type CoolDown, type CoolDownAnswer } from '../../read/project/manager/cool-down.ts';
import type { Project } from '../../read/project/project.ts';

/** A version of a package, and what is known of it. */
export interface Choice {
  readonly version: string;
  /** Advisories that affect it, worst first. */
  readonly leaves: readonly Advisory[];
  /** Advisories of which it is not known. */
  readonly unsure: readonly Advisory[];
  /** Whether it is deprecated, held back by its publishers, or needs another Node. */
  readonly isUnfit: boolean;
  readonly coolDown: CoolDownAnswer;
  /** In milliseconds since 1970. */
  readonly publishedAt: number | undefined;
  readonly isListed: boolean;
}

export interface ChoiceQuestion {
  readonly name: string;
  readonly project: Project;
  readonly graph: DependencyGraph | undefined;
  /** What is known against the package. */
  readonly reports: readonly Advisory[];
  /** The registry's document, where it is known. */
  readonly document: Packument | undefined;
  readonly coolDown: CoolDown;
  readonly now: number;
}

/**
 * The versions that there are, ascending: those of the registry's document where that is known; else what advisories name
 * as fixed and what is locked elsewhere in the project, of whose age nothing is known.
 */
export function choicesOf(question: ChoiceQuestion): readonly Choice[] {
  const { document } = question;
  const versions = document === undefined ? namedVersions(question) : [...document.versions.keys()];
  return versions
    .filter((version) => parsedVersion(version)?.version === version)
    .sort((a, b) => semver.compare(parsedVersion(a)!, parsedVersion(b)!))
    .map((version) => choiceOf(version, question));
}

function choiceOf(
  version: string,
  { name, project, reports, document, coolDown, now }: ChoiceQuestion,
): Choice {
  const listed = document?.versions.get(version);
  const latest = document?.distTags.get('latest');
  const isHeldBack = semver.valid(latest) !== null && semver.gt(version, latest!);
  const publishedAt = document?.times.get(version);
  const leaves: Advisory[] = [];
  const unsure: Advisory[] = [];
  for (const report of reports) {
    const affected = report.affects(version);
    if (affected === 'yes') leaves.push(report);
    else if (affected === 'unknown') unsure.push(report);
  }
  return {
    version,
    leaves,
    unsure,
    isUnfit:
      listed !== undefined &&
      (listed.deprecated !== undefined || isHeldBack || !fitsEngines(listed, project.rootManifest)),
    coolDown: askCoolDown(coolDown, name, version, publishedAt, now),
    publishedAt,
    isListed: listed !== undefined,
  };
}

function namedVersions({ name, graph, reports }: ChoiceQuestion): string[] {
  const named = new Set(reports.flatMap(({ fixedIn }) => fixedIn));
  for (const node of graph === undefined ? [] : nodesNamed(graph, name)) {
    const { version, entry } = graph!.packages[node]!;
    if (entry.source === 'registry' && version !== undefined) named.add(version);
  }
  return [...named];
}
