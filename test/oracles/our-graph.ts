import { type DependencyGraph, importerAt } from '../../server/src/core/read/graph/dependency-graph.ts';
import { kindOfCode, OPTIONAL_PEER } from '../../server/src/core/read/graph/edge-table.ts';
import { graphedLockfiles } from '../../server/src/node/cli/graphed-lockfiles.ts';
import { type LockfileProject, withProject } from './lockfile-project.ts';
import { importerId, type NormalGraph } from './normal-form.ts';

/** Returns the graph that `dephygiene graph` prints for a project. */
export async function ourGraph(project: LockfileProject): Promise<DependencyGraph> {
  return withProject(project, async (folder) => {
    const { lockfiles } = await graphedLockfiles(folder, SILENT);
    const [first, ...others] = lockfiles;
    if (first?.graph === undefined || others.length > 0)
      throw new Error(`${project.name} has not one lockfile`);
    return first.graph;
  });
}

const SILENT = {
  out() {},
  commands() {},
  error() {},
  columns: 80,
  colour: false,
  progress: { report() {}, end() {} },
};

/** Converts to the form of the oracles; `idOf` maps our ids to theirs if they differ. */
export function normalForm(graph: DependencyGraph, idOf = (id: string): string => id): NormalGraph {
  const { packages, edges } = graph;
  const nodeId = (node: number): string => {
    const importer = importerAt(graph, node);
    return importer === undefined ? idOf(packages[node]!.id) : importerId(importer.path);
  };
  return {
    packages: packages.map(({ id, name, version, dev, optional, peer }) => ({
      id: idOf(id),
      name,
      version,
      dev,
      optional,
      peer,
    })),
    edges: Array.from({ length: edges.count }, (_, edge) => ({
      from: nodeId(edges.from[edge]!),
      to: nodeId(edges.to[edge]!),
      name: edges.names[edge]!,
      kind: edges.kinds[edge] === OPTIONAL_PEER ? 'optional peer' : kindOfCode(edges.kinds[edge]!),
      specifier: edges.specifiers[edge]!,
    })),
  };
}
