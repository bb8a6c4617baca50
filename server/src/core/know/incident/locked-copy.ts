import { buildGraph } from '../../read/graph/build-graph.ts';
import { type DependencyGraph, idOfNode, importerAt } from '../../read/graph/dependency-graph.ts';
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

/** Returns the facts of a version in a lockfile, over all copies of it. */
export function lockedCopy(
  lockfile: Lockfile,
  { name, version }: LockedVersion,
  manifest: Manifest | undefined,
): LockedCopy {
  const options = manifest === undefined ? {} : { manifests: new Map([['', manifest]]) };
  const graph = buildGraph(lockfile, options);
  const copies = graph.packages.flatMap((copy, node) => {
    const installed = installedAs(copy.entry);
    return installed?.name === name && installed.version === version ? [{ copy, node }] : [];
  });
  const knowsReach = graph.importers.some(({ dependencies }) => dependencies.length > 0);
  const all = (isSo: (copy: DependencyGraph['packages'][number]) => boolean) =>
    copies.length === 0 || !knowsReach ? undefined : copies.every(({ copy }) => isSo(copy));
  const scripts = copies.map(({ copy }) => copy.installScript);
  const paths = copies
    .flatMap(({ node }) => shortestPaths(graph, node, { throughImporters: false }).slice(0, 1))
    .sort((a, b) => a.length - b.length);
  const [path] = paths;
  return {
    development: all(({ dev }) => dev),
    optional: all(({ optional }) => optional),
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
