import semver from 'semver';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { bundlerOf } from '../../read/lockfile/model/bundler-of.ts';
import type { AuditFix } from './audit-report.ts';
import { rangesOn } from './copy-fixes.ts';
import type { KnownPackages } from './known-versions.ts';
import { goodVersions, plainRange, type RankedVersions } from './rank-versions.ts';

/**
 * Returns what fixes each vulnerability of a project. The ranges declared by its members decide: a fix outside of them
 * must be requested, and a transitive dependency is no easier to fix than its direct dependency.
 *
 * @param copies the vulnerable copies of each package
 */
export function auditFixes(
  graph: DependencyGraph,
  copies: ReadonlyMap<string, readonly NodeNumber[]>,
  ranked: RankedVersions,
  known: KnownPackages,
): ReadonlyMap<string, AuditFix> {
  const fixes = new Map<string, AuditFix>([...copies.keys()].map((name) => [name, true]));
  const set = (first: string, fix: AuditFix) => {
    const waiting = [first];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (rankOf(fix) <= rankOf(fixes.get(name) ?? true)) continue;
      fixes.set(name, fix);
      waiting.push(...(ranked.via.get(name) ?? []));
    }
  };
  for (const [name, nodes] of copies) {
    if (nodes.some((node) => isOutOfReach(graph, node, known))) set(name, false);
    for (const declared of declaredRanges(graph, nodes)) set(name, fixOf(name, declared, ranked, known));
  }
  return fixes;
}

/**
 * Checks whether no range leads to a better copy, or whether that is unknown: the copy is bundled, or the lockfile does
 * not record a range.
 */
function isOutOfReach(graph: DependencyGraph, node: NodeNumber, known: KnownPackages): boolean {
  const { lockfile, packages } = graph;
  if (bundlerOf(lockfile, packages[node]!.entry) !== undefined) return true;
  return rangesOn(graph, node, known).some(({ isOwn, range }) => !isOwn && range === undefined);
}

/** Ranks how hard a fix is, as the hardest one counts. */
function rankOf(fix: AuditFix): number {
  if (fix === true) return 0;
  if (fix === false) return 3;
  return fix.isSemVerMajor ? 2 : 1;
}

/** Returns the ranges that the root and the members declare for the copies. */
function declaredRanges(
  { edges, packages }: DependencyGraph,
  nodes: readonly NodeNumber[],
): ReadonlySet<string> {
  const ranges = new Set<string>();
  for (const node of nodes) {
    for (let place = edges.incomingStarts[node]!; place < edges.incomingStarts[node + 1]!; place++) {
      const edge = edges.incoming[place]!;
      if (edges.from[edge]! >= packages.length) ranges.add(edges.specifiers[edge]!);
    }
  }
  return ranges;
}

function fixOf(name: string, declared: string, ranked: RankedVersions, known: KnownPackages): AuditFix {
  const range = plainRange(declared, name);
  if (range === undefined) return false;
  const { all } = known(name);
  const good = [...goodVersions(name, { all }, ranked)];
  if (semver.maxSatisfying(good, range, LOOSE) !== null) return true;
  const taken = semver.maxSatisfying([...all], range, LOOSE);
  const near = taken === null ? null : semver.maxSatisfying(good, `^${taken}`, LOOSE);
  if (near !== null) return { name, version: near, isSemVerMajor: false };
  const any = semver.maxSatisfying(good, '*', LOOSE);
  return any === null ? false : { name, version: any, isSemVerMajor: true };
}

const LOOSE = { loose: true } as const;
