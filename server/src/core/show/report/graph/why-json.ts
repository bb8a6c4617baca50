import {
  type DependencyGraph,
  dependentsOf,
  idOfNode,
  importerAt,
  type NodeNumber,
} from '../../../read/graph/dependency-graph.ts';
import { kindOfCode } from '../../../read/graph/edge-table.ts';
import { distinctPackages, pulledInBy } from '../../../read/graph/pulls-in.ts';
import { shortestPaths } from '../../../read/graph/shortest-paths.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';
import type { GraphedLockfile } from './graph-json.ts';
import type { FoundNodes } from './why-tree.ts';

/**
 * A limit, as each instance costs a walk over the graph, and each path has its steps; the report states how many are
 * omitted.
 */
const MOST_INSTANCES = 200;
const MOST_PATHS = 500;

/**
 * Returns why packages are installed, as JSON text with a trailing newline: the dependents of each instance, and the
 * shortest path from each importer. The form is stable: members may be added in later versions, none is renamed or
 * removed.
 */
export function whyJson(
  asked: string,
  lockfiles: readonly GraphedLockfile[],
  found: readonly FoundNodes[],
): string {
  const byLockfile = new Map(found.map((each) => [each.lockfile, each]));
  const items = lockfiles.map((lockfile) => {
    const { path, format, status, reason } = lockfile;
    const nodes = byLockfile.get(lockfile);
    const instances =
      nodes?.nodes.slice(0, MOST_INSTANCES).map((node) => instanceOf(nodes.graph, node)) ?? [];
    const more = (nodes?.nodes.length ?? 0) - instances.length;
    return { path, format, status, reason, instances, ...(more > 0 ? { more } : {}) };
  });
  const isFound = items.some(({ instances }) => instances.length > 0);
  return `${printableJson(JSON.stringify({ version: 1, asked, found: isFound, lockfiles: items }, undefined, 2))}\n`;
}

function instanceOf(graph: DependencyGraph, node: NodeNumber): object {
  const { edges } = graph;
  const instance = graph.packages[node];
  const dependents = Array.from(dependentsOf(graph, node), (edge) => ({
    from: idOfNode(graph, edges.from[edge]!),
    kind: kindOfCode(edges.kinds[edge]!),
    specifier: edges.specifiers[edge]!,
  }));
  const all = shortestPaths(graph, node).filter(({ length }) => length > 0);
  const paths = all.slice(0, MOST_PATHS).map(({ importer, edges: steps }) => ({
    importer: idOfNode(graph, importer),
    steps: steps.map((edge) => ({
      id: idOfNode(graph, edges.to[edge]!),
      kind: kindOfCode(edges.kinds[edge]!),
      specifier: edges.specifiers[edge]!,
    })),
  }));
  const more = all.length - paths.length;
  return {
    id: idOfNode(graph, node),
    ...(instance === undefined
      ? { name: importerAt(graph, node)?.name, importer: true }
      : {
          entry: instance.entry.key,
          name: instance.name,
          alias: instance.alias,
          version: instance.version ?? null,
          dev: instance.dev,
          optional: instance.optional,
          peer: instance.peer,
        }),
    dependents,
    pullsIn: pulledIn(graph, node),
    paths,
    ...(more > 0 ? { morePaths: more } : {}),
  };
}

/** Returns how many packages it pulls in, the depth, and how many of them have install scripts, where that is recorded. */
function pulledIn(graph: DependencyGraph, node: NodeNumber): object {
  const { nodes, depth } = pulledInBy(graph, node);
  const withScripts = nodes.filter((each) => graph.packages[each]?.installScript === true);
  const scripts = graph.lockfile.recordsInstallScripts
    ? { withScripts: distinctPackages(graph, withScripts).size }
    : {};
  return { packages: distinctPackages(graph, nodes).size, depth, ...scripts };
}
