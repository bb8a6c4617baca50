import { buildGraph } from '../../read/graph/build-graph.ts';
import { DECLARED_SCOPES, scopesOf } from '../../read/graph/declared-scope.ts';
import { idOfNode, importerAt } from '../../read/graph/dependency-graph.ts';
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
 * Returns the facts of a version in a lockfile, over all copies of it.
 * @param manifests of the importers, by their path
 */
export function lockedCopy(
  lockfile: Lockfile,
  { name, version }: LockedVersion,
  manifests: ReadonlyMap<string, Manifest>,
): LockedCopy {
  const graph = buildGraph(lockfile, { manifests });
  const copies = graph.packages.flatMap((copy, node) => {
    const installed = installedAs(copy.entry);
    return installed?.name === name && installed.version === version ? [{ copy, node }] : [];
  });
  const scopeOf = scopesOf(graph);
  const scopes = new Set(copies.map(({ node }) => scopeOf(node)));
  const scope = DECLARED_SCOPES.find((each) => scopes.has(each));
  const scripts = copies.map(({ copy }) => copy.installScript);
  const paths = copies
    .flatMap(({ node }) => shortestPaths(graph, node, { throughImporters: false }).slice(0, 1))
    .sort((a, b) => a.length - b.length);
  const [path] = paths;
  return {
    development: scope === undefined ? undefined : scope === 'development',
    optional: scope === undefined ? undefined : copies.every(({ copy }) => copy.optional),
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
