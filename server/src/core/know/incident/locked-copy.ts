import { buildGraph } from '../../read/graph/build-graph.ts';
import { DECLARED_SCOPES, type DeclaredScope, scopesOf } from '../../read/graph/declared-scope.ts';
import {
  type DependencyGraph,
  idOfNode,
  importerAt,
  type NodeNumber,
} from '../../read/graph/dependency-graph.ts';
import { shortestPaths } from '../../read/graph/shortest-paths.ts';
import { installedAs } from '../../read/lockfile/model/installed-as.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { LockedVersion } from './find-bad-entries.ts';

/** How a lockfile installs a version. Undefined where the format does not record it. */
export interface LockedCopy {
  /** Whether only development dependencies lead to it. */
  readonly development: boolean | undefined;
  readonly optional: boolean | undefined;
  readonly installScript: boolean | undefined;
  /** The names from the importer's dependency to the package; the importer's path comes first, "" for the root. */
  readonly dependencyPath: readonly string[] | undefined;
}

/**
 * Returns the facts of versions in a lockfile, over all copies of each, by `name@version`. The graph is built once.
 * @param manifests of the importers, by their path
 */
export function lockedCopies(
  lockfile: Lockfile,
  versions: readonly LockedVersion[],
  manifests: ReadonlyMap<string, Manifest>,
): ReadonlyMap<string, LockedCopy> {
  const graph = buildGraph(lockfile, { manifests });
  const scopeOf = scopesOf(graph);
  const nodes = new Map<string, NodeNumber[]>(versions.map((version) => [keyOf(version), []]));
  const names = new Set(versions.map(({ name }) => name));
  for (const [node, { entry }] of graph.packages.entries()) {
    // Only a URL can say another name than the entry.
    if (!names.has(entry.name) && entry.resolved === undefined) continue;
    const installed = installedAs(entry);
    if (installed !== undefined) nodes.get(keyOf(installed))?.push(node);
  }
  return new Map([...nodes].map(([key, copies]) => [key, factsOf(graph, copies, scopeOf)]));
}

const keyOf = ({ name, version }: LockedVersion) => `${name}@${version}`;

function factsOf(
  graph: DependencyGraph,
  nodes: readonly NodeNumber[],
  scopeOf: (node: NodeNumber) => DeclaredScope | undefined,
): LockedCopy {
  const copies = nodes.map((node) => graph.packages[node]!);
  const scopes = new Set(nodes.map(scopeOf));
  const scope = DECLARED_SCOPES.find((each) => scopes.has(each));
  const scripts = copies.map((copy) => copy.installScript);
  const paths = nodes
    .flatMap((node) => shortestPaths(graph, node, { throughImporters: false }).slice(0, 1))
    .sort((a, b) => a.length - b.length);
  const [path] = paths;
  return {
    development: scope === undefined ? undefined : scope === 'development',
    optional: scope === undefined ? undefined : copies.every((copy) => copy.optional),
    installScript: scripts.includes(true) ? true : scripts.includes(false) ? false : undefined,
    dependencyPath:
      path === undefined
        ? undefined
        : [
            importerAt(graph, path.importer)?.path ?? '',
            ...path.edges.map(
              (edge) => graph.packages[graph.edges.to[edge]!]?.name ?? idOfNode(graph, graph.edges.to[edge]!),
            ),
          ],
  };
}
