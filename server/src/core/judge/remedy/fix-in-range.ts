import semver from 'semver';
import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { newestInRange } from '../../know/registry/releases/candidate-version.ts';
import type { DependencyGraph } from '../../read/graph/dependency-graph.ts';
import { nodesNamed } from '../../read/graph/nodes-by-name.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { installerOf } from '../../read/project/manager/installation.ts';
import type { Project } from '../../read/project/project.ts';
import { satisfies } from '../../read/text/satisfies.ts';
import { lockGraphOf } from '../exposure/lock-graph.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { findDependents } from './dependents.ts';
import { projectGraph } from './project-graph.ts';
import { refreshCommand } from './refresh-command.ts';

type Asked = Pick<RemedyContext, 'project' | 'advisories' | 'facts'>;

interface Answer {
  readonly inputs: readonly unknown[];
  readonly left: readonly string[] | undefined;
}

/** By a graph of the lockfile, as rules ask at every keystroke. */
const known = new WeakMap<DependencyGraph, Map<string, Answer>>();

/**
 * Returns the ids of the advisories that affect what the package manager takes today in place of a bad version, within the
 * ranges of every package that depends on it: none where these admit a fixed version. Undefined where a range or a verdict
 * is unknown, the version stays, or no command updates it.
 */
export function leftInRange(context: Asked, bad: BadPackage): readonly string[] | undefined {
  const { project, advisories } = context;
  if (!canUpdate(project, bad.name)) return undefined;
  const edges = edgesOf(context, bad.name);
  if (edges === undefined) return undefined;
  const key = `${bad.name}@${bad.version}`;
  const inputs = [
    ...[edges.versions, project.overrides, project.manager, documentOf(context, bad.name)],
    advisories.knowledge ?? advisories,
  ];
  const answers = known.get(edges.graph) ?? new Map<string, Answer>();
  known.set(edges.graph, answers);
  const before = answers.get(key);
  // What pnpm's packages declare only the registry says.
  const mayKeep =
    project.lockfile === undefined || specOfLockfile(project.lockfile.format).lockfile.recordsRanges;
  if (mayKeep && before?.inputs.every((input, at) => input === inputs[at])) return before.left;
  const graph = projectGraph(context);
  const left = graph === undefined ? undefined : leftBy(context, graph, bad);
  answers.set(key, { inputs, left });
  return left;
}

interface Edges {
  readonly graph: DependencyGraph;
  /** The locked versions of the package, where the graph may be that of an earlier text. */
  readonly versions: string | undefined;
}

/**
 * What depends on a package, and its locked versions: after an edit that touches no edge the graph of findings is still that
 * of the text before, and is not made anew for what is the same in it.
 */
function edgesOf(context: Asked, name: string): Edges | undefined {
  const { lockfile, manager, overrides, yarnrcs, catalogs } = context.project;
  if (
    lockfile !== undefined &&
    lockfile.importers.size > 0 &&
    specOfLockfile(lockfile.format).lockfile.recordsRanges
  ) {
    const { graph, placeOf } = lockGraphOf(lockfile, { manager, overrides, yarnrcs, catalogs });
    const entries = nodesNamed(graph, name).map((node) => lockfile.entries[placeOf[node]!]);
    // What bundles a package is no edge.
    if (entries.every((entry) => entry !== undefined && !entry.bundled))
      return { graph, versions: entries.map((entry) => entry!.version?.value ?? '').join(' ') };
  }
  const graph = projectGraph(context);
  return graph && { graph, versions: undefined };
}

function canUpdate(project: Project, name: string): boolean {
  return installerOf(project).lockfile.updatesByDeletion || refreshCommand(project, [name]) !== undefined;
}

function leftBy(
  context: Asked,
  graph: DependencyGraph,
  { name, version }: BadPackage,
): readonly string[] | undefined {
  const packument = (other: string) => documentOf(context, other);
  const { all } = findDependents(graph, context.project, { packument }, name);
  const dependents = all.filter((each) => each.version === version);
  const reports = context.advisories.of(name);
  if (dependents.length === 0) return undefined;
  const left = new Set<string>();
  for (const { range } of dependents) {
    const taken = range === undefined ? undefined : takenOf(name, range, context, graph);
    if (taken === undefined || taken === version) return undefined;
    for (const report of reports) {
      const verdict = report.affects(taken);
      if (verdict === 'unknown') return undefined;
      if (verdict === 'yes') left.add(report.id);
    }
  }
  return [...left];
}

/** The newest version in a range: of the registry's, else of those that advisories and the lockfile name. */
function takenOf(name: string, range: string, context: Asked, graph: DependencyGraph): string | undefined {
  const packument = documentOf(context, name);
  if (packument !== undefined) return newestInRange({ packument, range })?.version;
  const named = namedVersions(name, context.advisories, graph).filter((version) => satisfies(version, range));
  return semver.rsort(named)[0];
}

function namedVersions(name: string, advisories: Pick<Advisories, 'of'>, graph: DependencyGraph): string[] {
  const fixed = advisories.of(name).flatMap(({ fixedIn }) => fixedIn);
  const locked = nodesNamed(graph, name).flatMap((node) => graph.packages[node]!.version ?? []);
  return [...fixed, ...locked].filter((version) => semver.valid(version) !== null);
}

function documentOf({ facts }: Asked, name: string): Packument | undefined {
  if (facts.unreachable !== undefined) return undefined;
  const fact = facts.packument(name);
  return fact.state === 'ready' && fact.value.versions.size > 0 ? fact.value : undefined;
}
