import semver from 'semver';
import type { DependencyGraph, NodeNumber } from './dependency-graph.ts';
import { dependentsOf } from './dependency-graph.ts';

/** One version of a package, and where it is installed. */
export interface InstalledVersion {
  /** Undefined if it has none, such as a git package in some formats. */
  readonly version: string | undefined;
  readonly instances: readonly NodeNumber[];
  /** The edges of its dependents, for all instances. */
  readonly dependents: readonly number[];
}

/** A package with several versions installed. */
export interface Duplicate {
  readonly name: string;
  /** Oldest first; invalid versions last. */
  readonly versions: readonly InstalledVersion[];
}

/** Returns the names with several versions, sorted. The same version in several folders does not count. */
export function findDuplicates(graph: DependencyGraph): readonly Duplicate[] {
  const byName = new Map<string, NodeNumber[]>();
  for (const [node, { name }] of graph.packages.entries()) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [node]);
    else known.push(node);
  }
  const duplicates: Duplicate[] = [];
  for (const [name, nodes] of byName) {
    if (nodes.length < 2) continue;
    const versions = versionsOf(graph, nodes);
    if (versions.length > 1) duplicates.push({ name, versions });
  }
  return duplicates.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Returns the installed versions of one name, if any. */
export function installedVersions(graph: DependencyGraph, name: string): readonly InstalledVersion[] {
  const nodes = [...graph.packages.keys()].filter((node) => graph.packages[node]?.name === name);
  return versionsOf(graph, nodes);
}

function versionsOf(graph: DependencyGraph, nodes: readonly NodeNumber[]): readonly InstalledVersion[] {
  const byVersion = new Map<string | undefined, NodeNumber[]>();
  for (const node of nodes) {
    const version = graph.packages[node]?.version;
    const known = byVersion.get(version);
    if (known === undefined) byVersion.set(version, [node]);
    else known.push(node);
  }
  return [...byVersion]
    .map(([version, instances]) => ({
      version,
      instances,
      dependents: instances.flatMap((node) => [...dependentsOf(graph, node)]),
    }))
    .sort((a, b) => compareVersions(a.version, b.version));
}

/** Compares by semver; other texts come after versions, alphabetically. */
export function compareVersions(a: string | undefined, b: string | undefined): number {
  const [left, right] = [semver.parse(a), semver.parse(b)];
  if (left !== null && right !== null) return left.compare(right) || left.compareBuild(right);
  if (left !== null || right !== null) return left !== null ? -1 : 1;
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
