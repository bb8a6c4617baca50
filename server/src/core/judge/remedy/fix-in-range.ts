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

/** Cached by graph of the lockfile, as rules ask on every keystroke. */
const known = new WeakMap<DependencyGraph, Map<string, Answer>>();

/**
 * Returns the ids of the advisories that affect the version which the package manager selects today instead of a bad
 * one, within the ranges of all its dependents: empty if these admit a fixed version. Undefined if a range or verdict
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
  // For pnpm only the registry knows what packages declare.
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
  /** The locked versions of the package, if the graph may be that of an earlier text. */
  readonly versions: string | undefined;
}

/**
 * Returns the graph with a package's dependents, and its locked versions: after an edit that changes no edge, the graph
 * used for findings is still that of the earlier text, and is reused for what did not change.
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
    // Edges do not record what bundles a package.
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
  const document = documentOf(context, name);
  const named = document === undefined ? namedVersions(name, context.advisories, graph) : [];
  for (const range of new Set(dependents.map((each) => each.range))) {
    const taken = range === undefined ? undefined : takenOf(range, document, named);
    if (taken === undefined || taken === version) return undefined;
    for (const report of reports) {
      const verdict = report.affects(taken);
      if (verdict === 'unknown') return undefined;
      if (verdict === 'yes') left.add(report.id);
    }
  }
  return [...left];
}

/**
 * Returns the latest version in a range: from the registry, otherwise among the versions that advisories and the
 * lockfile name.
 *
 * @param named these, newest first
 */
function takenOf(
  range: string,
  packument: Packument | undefined,
  named: readonly string[],
): string | undefined {
  return packument === undefined
    ? named.find((version) => satisfies(version, range))
    : newestInRange({ packument, range })?.version;
}

function namedVersions(
  name: string,
  advisories: Pick<Advisories, 'of'>,
  graph: DependencyGraph,
): readonly string[] {
  const fixed = advisories.of(name).flatMap(({ fixedIn }) => fixedIn);
  const locked = nodesNamed(graph, name).flatMap((node) => graph.packages[node]!.version ?? []);
  const versions = [...new Set([...fixed, ...locked])].filter((version) => semver.valid(version) !== null);
  return semver.rsort(versions);
}

function documentOf({ facts }: Asked, name: string): Packument | undefined {
  if (facts.unreachable !== undefined) return undefined;
  const fact = facts.packument(name);
  return fact.state === 'ready' && fact.value.versions.size > 0 ? fact.value : undefined;
}
