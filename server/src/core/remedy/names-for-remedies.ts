import type { NodeNumber } from '../graph/dependency-graph.ts';
import { dependentsOf } from '../graph/dependents.ts';
import { nodesNamed } from '../graph/nodes-by-name.ts';
import { satisfies } from '../text/satisfies.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { rangeOf } from './dependents.ts';
import { projectGraph } from './project-graph.ts';

/** A registry is not asked for more on account of one bad package. */
const MOST = 8;
/** How far above the bad package. */
const HIGHEST = 3;

/**
 * The names of the packages whose documents plans look into, the package itself first: the check of a rule asks for them,
 * as without them plans are made of what advisories and the lockfile say. A dependent whose range admits a fixed version
 * is left out, as nothing of it has to change.
 */
export function namesForRemedies(
  context: Pick<RemedyContext, 'project' | 'advisories'>,
  { name, version }: BadPackage,
): readonly string[] {
  const names = new Set([name]);
  const graph = projectGraph(context);
  if (graph === undefined) return [...names];
  const fixed = context.advisories.of(name).flatMap(({ fixedIn }) => fixedIn);
  const isHeld = (edge: number) => {
    const range = rangeOf(name, graph.edges.specifiers[edge]);
    if (graph.lockfile.format === 'pnpm' || range === undefined) return true;
    return !fixed.some((each) => satisfies(each, range));
  };
  let nodes = nodesNamed(graph, name).filter((node) => graph.packages[node]!.version === version);
  for (let height = 0; height < HIGHEST && nodes.length > 0 && names.size < MOST; height++) {
    const above = new Set<NodeNumber>();
    for (const node of nodes) {
      for (const edge of dependentsOf(graph, node)) {
        const from = graph.edges.from[edge]!;
        const by = graph.packages[from];
        if (by?.entry.source !== 'registry' || (height === 0 && !isHeld(edge))) continue;
        above.add(from);
        if (names.size < MOST) names.add(by.name);
      }
    }
    nodes = [...above];
  }
  return [...names];
}
