import { specOfLockfile } from '../manager/manager-of-lockfile.ts';
import { visibleText } from '../text/words/visible-text.ts';
import { type DependencyGraph, importerAt, type NodeNumber } from './dependency-graph.ts';
import { kindOfCode } from './edge-table.ts';

/** `minimist 1.2.8`; of what has no version its name, of an alias also the name it goes by; of an importer name and path. */
export function nodeWords(graph: DependencyGraph, node: NodeNumber): string {
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

/** `^1.2.0`, `^1.2.0 development`: what is declared, and how where it is no plain dependency. */
export function askedWords({ edges, packages, lockfile }: DependencyGraph, edge: number): string {
  const kind = kindOfCode(edges.kinds[edge]!);
  const specifier = edges.specifiers[edge]!;
  // What pnpm writes of a package's dependency is what it got: that stands here already, with the peers of that.
  const isGot =
    !specOfLockfile(lockfile.format).lockfile.recordsRanges &&
    packages[edges.from[edge]!] !== undefined &&
    kind !== 'peer';
  const version = packages[edges.to[edge]!]?.version;
  const isVersion = specifier === version || specifier.startsWith(`${version}(`);
  const words = isGot || isVersion ? '' : visibleText(specifier.slice(0, 200));
  return kind === 'prod' ? words : `${words} ${kind === 'dev' ? 'development' : kind}`.trim();
}
