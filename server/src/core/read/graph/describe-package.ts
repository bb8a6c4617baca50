import { specOfLockfile } from '../manager/manager-of-lockfile.ts';
import { visibleText } from '../text/words/visible-text.ts';
import { type DependencyGraph, importerAt, type NodeNumber } from './dependency-graph.ts';
import { kindOfCode } from './edge-table.ts';

/**
 * Formats a node: `minimist 1.2.8`; the name alone without a version, for an alias also its other name; for an
 * importer, name and path.
 */
export function describeNode(graph: DependencyGraph, node: NodeNumber): string {
  const instance = graph.packages[node];
  if (instance === undefined) {
    const importer = importerAt(graph, node);
    const path = importer === undefined || importer.path === '' ? '.' : importer.path;
    return visibleText(importer?.name === undefined ? path : `${importer.name} (${path})`);
  }
  const { name, alias, version } = instance;
  const words = version === undefined ? name : `${name} ${version}`;
  return visibleText(alias === undefined ? words : `${words} as ${alias}`);
}

/** Formats `^1.2.0` or `^1.2.0 development`: the declared range, and the kind unless it is a plain dependency. */
export function describeAsked({ edges, packages, lockfile }: DependencyGraph, edge: number): string {
  const kind = kindOfCode(edges.kinds[edge]!);
  const specifier = edges.specifiers[edge]!;
  // pnpm records the resolved version of a package's dependency, which is already shown here with its peers.
  const isGot =
    !specOfLockfile(lockfile.format).lockfile.recordsRanges &&
    packages[edges.from[edge]!] !== undefined &&
    kind !== 'peer';
  const version = packages[edges.to[edge]!]?.version;
  const isVersion = specifier === version || specifier.startsWith(`${version}(`);
  const words = isGot || isVersion ? '' : visibleText(specifier.slice(0, 200));
  return kind === 'prod' ? words : `${words} ${kind === 'dev' ? 'development' : kind}`.trim();
}
