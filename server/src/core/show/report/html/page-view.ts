import type { Finding } from '../../../read/text/finding.ts';
import { type FindingPlace, placesOf } from './finding-places.ts';
import type { PageInput } from './page-input.ts';
import { type PathTree, pathTree } from './path-tree.ts';
import { responsibleFor } from './responsible.ts';

/** What sections show, with lookups that they share. */
export interface PageView extends PageInput {
  placeOf(finding: Finding): FindingPlace;
  /** Names who has to act on a finding. */
  responsible(finding: Finding): readonly string[];
  /** Returns the dependency paths to the package of a finding; undefined for a direct dependency. */
  pathsTo(finding: Finding): PathTree | undefined;
}

/** The maximum number of findings whose paths are found, as each costs walks over the graph. */
const MOST_PATHS = 250;

/** Adds lookups to the input of a page. Paths are found for the findings that are asked about first. */
export function pageView(input: PageInput): PageView {
  const placeOf = placesOf(input);
  const known = new Map<Finding, PathTree | undefined>();
  return {
    ...input,
    placeOf,
    responsible: responsibleFor(input, placeOf),
    pathsTo(finding) {
      if (known.has(finding) || known.size >= MOST_PATHS) return known.get(finding);
      const place = placeOf(finding);
      if (place.nodes.length === 0) return undefined;
      const tree = treeOf(place);
      known.set(finding, tree);
      return tree;
    },
  };
}

function treeOf({ project, nodes }: FindingPlace): PathTree | undefined {
  const graph = project?.graph;
  if (graph === undefined) return undefined;
  // Several affected packages share no picture: the first stands for them.
  const { name, version } = graph.packages[nodes[0]!]!;
  const same = nodes.filter((node) => {
    const other = graph.packages[node]!;
    return other.name === name && other.version === version;
  });
  return pathTree(graph, same);
}
