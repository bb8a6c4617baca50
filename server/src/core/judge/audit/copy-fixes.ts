import semver from 'semver';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { OPTIONAL_PEER, PEER } from '../../read/graph/edge-table.ts';
import { bundlerOf } from '../../read/lockfile/model/bundler-of.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { KnownPackages } from './known-versions.ts';
import { goodVersions, plainRange, type RankedVersions } from './rank-versions.ts';

/**
 * What fixes one vulnerable copy. range: versions within every declared range; declared: another range in the project's
 * own manifests; override: a version outside the ranges that packages declare, or whose ranges are unknown; bundled: a
 * newer version of the package whose tarball contains it; none: no later version is known to be better.
 */
export type CopyFix =
  | { readonly kind: 'range'; readonly versions: readonly string[] }
  | { readonly kind: 'declared' | 'override'; readonly version: string }
  | { readonly kind: 'bundled'; readonly bundler: LockEntry }
  | { readonly kind: 'none' };

/**
 * Returns the ranges in which a copy is declared; undefined for each that is unknown. Peer ranges count only if there
 * are no others.
 */
export function rangesOn(
  { edges, packages }: DependencyGraph,
  node: NodeNumber,
  known: KnownPackages,
): readonly { readonly isOwn: boolean; readonly range: string | undefined }[] {
  const { name } = packages[node]!;
  const all: { readonly isPeer: boolean; readonly isOwn: boolean; readonly range: string | undefined }[] = [];
  for (let place = edges.incomingStarts[node]!; place < edges.incomingStarts[node + 1]!; place++) {
    const edge = edges.incoming[place]!;
    const by = packages[edges.from[edge]!];
    const kind = edges.kinds[edge];
    const declared =
      by === undefined
        ? edges.specifiers[edge]
        : by.version === undefined
          ? undefined
          : known(by.name).rangeOf(by.version, name);
    all.push({
      isPeer: kind === PEER || kind === OPTIONAL_PEER,
      isOwn: by === undefined,
      range: declared === undefined ? undefined : plainRange(declared, name),
    });
  }
  const others = all.filter(({ isPeer }) => !isPeer);
  return others.length > 0 ? others : all;
}

/** Returns the fix of a vulnerable copy, as far as versions and ranges are known. */
export function copyFix(
  graph: DependencyGraph,
  node: NodeNumber,
  ranked: RankedVersions,
  known: KnownPackages,
): CopyFix {
  const { name, version, entry } = graph.packages[node]!;
  const bundler = bundlerOf(graph.lockfile, entry);
  if (bundler !== undefined) return { kind: 'bundled', bundler };
  const good = goodVersions(name, known(name), ranked).filter((each) => semver.valid(each) !== null);
  const ranges = rangesOn(graph, node, known);
  const admitted = ranges.map(({ range }) =>
    range === undefined ? null : semver.maxSatisfying(good, range, { loose: true }),
  );
  if (admitted.length > 0 && !admitted.includes(null))
    return { kind: 'range', versions: [...new Set(admitted as string[])].sort(semver.compare) };
  const later = good.filter((each) => {
    return semver.valid(version) !== null && semver.gt(each, version!) && semver.prerelease(each) === null;
  });
  const [least] = later.sort(semver.compare);
  if (least === undefined) return { kind: 'none' };
  return { kind: ranges.every(({ isOwn }) => isOwn) ? 'declared' : 'override', version: least };
}
