import semver from 'semver';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { parsedVersion } from '../../know/registry/documents/parsed-version.ts';
import { fitsEngines } from '../../know/registry/releases/fits-engines.ts';
import type { DependencyGraph } from '../../read/graph/dependency-graph.ts';
import { nodesNamed } from '../../read/graph/nodes-by-name.ts';
import { askCooldown, type Cooldown, type CooldownAnswer } from '../../read/project/manager/cooldown.ts';
import type { Project } from '../../read/project/project.ts';

/** A version of a package with the facts known about it. */
export interface Choice {
  readonly version: string;
  /** Advisories that affect it, highest severity first. */
  readonly leaves: readonly Advisory[];
  /** Advisories that may affect it. */
  readonly unsure: readonly Advisory[];
  /** Whether it is deprecated, held back by its publishers, or needs another version of Node.js. */
  readonly isUnfit: boolean;
  readonly coolDown: CooldownAnswer;
  /** In milliseconds since 1970. */
  readonly publishedAt: number | undefined;
  readonly isListed: boolean;
}

export interface ChoiceQuestion {
  readonly name: string;
  readonly project: Project;
  readonly graph: DependencyGraph | undefined;
  /** The advisories on the package. */
  readonly reports: readonly Advisory[];
  /** The packument, if known. */
  readonly document: Packument | undefined;
  readonly coolDown: Cooldown;
  readonly now: number;
}

/**
 * Returns the existing versions in ascending order: those in the packument if it is known, otherwise those that
 * advisories name as fixed and those locked elsewhere in the project, with unknown age.
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
    coolDown: askCooldown(coolDown, name, version, publishedAt, now),
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
