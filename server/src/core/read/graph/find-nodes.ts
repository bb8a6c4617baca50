import semver from 'semver';
import type { DependencyGraph, NodeNumber } from './dependency-graph.ts';

/** A user's query: a name, and optionally a version or range. */
export interface PackageQuery {
  readonly name: string;
  readonly version: string | undefined;
}

/** Parses `name`, `name@1.2.3`, `@scope/name@^1`; undefined if there is no name. */
export function readPackageQuery(text: string): PackageQuery | undefined {
  const at = text.indexOf('@', 1);
  const name = at === -1 ? text : text.slice(0, at);
  const version = at === -1 ? undefined : text.slice(at + 1);
  if (name === '' || name === '@' || version === '') return undefined;
  return { name, version };
}

/**
 * Returns the packages and importers of this name, including those imported under it as an alias. A version is compared
 * as text first, then as a range.
 */
export function findNodes(graph: DependencyGraph, { name, version }: PackageQuery): readonly NodeNumber[] {
  const { packages, importers, edges } = graph;
  const found = new Set<NodeNumber>();
  for (const [node, instance] of packages.entries()) {
    if (instance.name === name || instance.alias === name) found.add(node);
  }
  for (const [index, importer] of importers.entries()) {
    if (importer.name === name) found.add(packages.length + index);
  }
  for (const [edge, imported] of edges.names.entries()) if (imported === name) found.add(edges.to[edge]!);
  const versionOf = (node: NodeNumber) => (packages[node] ?? importers[node - packages.length])?.version;
  const nodes = [...found].sort((a, b) => a - b);
  return version === undefined ? nodes : nodes.filter((node) => isVersion(versionOf(node), version));
}

function isVersion(installed: string | undefined, asked: string): boolean {
  if (installed === undefined) return false;
  return installed === asked || semver.satisfies(installed, asked, { includePrerelease: true });
}
