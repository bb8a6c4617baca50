import { specOfLockfile } from '../manager/manager-of-lockfile.ts';
import { visibleText } from '../text/words/visible-text.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { kindOfCode } from './edge-table.ts';

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
