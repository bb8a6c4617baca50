import semver from 'semver';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { auditFixes } from './audit-fixes.ts';
import { byName, type Vulnerability } from './audit-report.ts';
import { AUDIT_SEVERITIES } from './audit-severity.ts';
import { copyFix } from './copy-fixes.ts';
import type { KnownVersions } from './known-versions.ts';
import { type RankedVersions, type RankInput, rankOfAdvisories, rankVersions } from './rank-versions.ts';

/** Returns the packages with vulnerable copies, sorted by name, as npm reports them. */
export function findVulnerabilities(input: RankInput): readonly Vulnerability[] {
  const { graph, known, affected } = input;
  const ranked = rankVersions(input);
  const names = [...ranked.names].sort(byName);
  const copies = copiesOf(graph, ranked);
  const fixes = auditFixes(graph, copies, ranked, known);
  const effects = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const name of names) for (const source of ranked.via.get(name) ?? []) effects.get(source)?.push(name);
  return names.map((name) => {
    const nodes = copies.get(name)!;
    const advisories = advisoriesOf(nodes, affected);
    const dependent = nodes.map((node) => ranked.rankOf(name, graph.packages[node]!.version ?? ''));
    const rank = Math.max(rankOfAdvisories(advisories), ...dependent);
    return {
      name,
      severity: AUDIT_SEVERITIES[AUDIT_SEVERITIES.length - rank]!,
      isDirect: nodes.some((node) => isDirect(graph, node)),
      advisories,
      via: [...(ranked.via.get(name) ?? [])].sort(byName),
      effects: effects.get(name)!,
      range: rangeOf(name, advisories, known(name), ranked),
      nodes,
      fix: fixes.get(name)!,
      copyFixes: new Map(
        nodes.filter((node) => affected.has(node)).map((node) => [node, copyFix(graph, node, ranked, known)]),
      ),
    };
  });
}

function copiesOf(
  { packages }: DependencyGraph,
  { nodes }: RankedVersions,
): ReadonlyMap<string, readonly NodeNumber[]> {
  const copies = new Map<string, NodeNumber[]>();
  for (const node of [...nodes].sort((a, b) => a - b)) {
    const { name } = packages[node]!;
    const same = copies.get(name);
    if (same === undefined) copies.set(name, [node]);
    else same.push(node);
  }
  return copies;
}

/** Returns each advisory once, in the order of the first copy affected by all of them. */
function advisoriesOf(nodes: readonly NodeNumber[], affected: RankInput['affected']): readonly Advisory[] {
  return [...new Set(nodes.flatMap((node) => affected.get(node) ?? []))];
}

/** Returns the affected ranges of the advisories, plus other known vulnerable versions. */
function rangeOf(
  name: string,
  advisories: readonly Advisory[],
  { all, isComplete }: KnownVersions,
  { rankOf }: RankedVersions,
): string {
  const isAffected = (version: string) => advisories.some((advisory) => advisory.affects(version) === 'yes');
  const others = all.filter((version) => rankOf(name, version) > 0 && !isAffected(version));
  const list = others.sort((a, b) => semver.compare(a, b, { loose: true })).join(' || ');
  const short = isComplete && list !== '' ? String(semver.simplifyRange([...all], list, LOOSE)) : list;
  const ranges = new Set(advisories.map(({ range }) => range));
  return [...ranges, ...(short === '' ? [] : [short])].join(' || ');
}

const LOOSE = { includePrerelease: true, loose: true } as const;

function isDirect({ edges, packages }: DependencyGraph, node: NodeNumber): boolean {
  for (let place = edges.incomingStarts[node]!; place < edges.incomingStarts[node + 1]!; place++) {
    if (edges.from[edges.incoming[place]!]! >= packages.length) return true;
  }
  return false;
}
