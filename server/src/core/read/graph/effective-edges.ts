import type { LockEdge } from '../lockfile/model/lockfile.ts';
import type { DependencySection } from '../manifest/manifest.ts';

/** The precedence of sections that declare the same name: the highest wins. */
type Ranks = Readonly<Record<DependencySection, number>>;

/** As in npm's own tree. */
const NPM_RANKS: Ranks = {
  peerDependencies: 0,
  dependencies: 1,
  optionalDependencies: 2,
  devDependencies: 3,
};

/** Yarn installs a production dependency even if it is also a development dependency. */
export const YARN_RANKS: Ranks = { ...NPM_RANKS, devDependencies: 0.5 };

/** Returns one edge for each name, or the list itself if no name appears twice. */
export function effectiveEdges<Edge extends Pick<LockEdge, 'name' | 'section'>>(
  edges: readonly Edge[],
  ranks = NPM_RANKS,
): readonly Edge[] {
  if (edges.length < 2) return edges;
  const byName = new Map<string, Edge>();
  for (const edge of edges) {
    const before = byName.get(edge.name);
    if (before === undefined || ranks[edge.section] >= ranks[before.section]) byName.set(edge.name, edge);
  }
  return byName.size === edges.length ? edges : [...byName.values()];
}
