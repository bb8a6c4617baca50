import semver from 'semver';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { readSpecifier } from '../../read/manifest/read-specifier.ts';
import { AUDIT_SEVERITIES, auditSeverity } from './audit-severity.ts';
import type { KnownPackages, KnownVersions } from './known-versions.ts';

/** How bad a version is: 0 if nothing is known against it, otherwise the higher the worse. */
export type Rank = number;

export interface RankedVersions {
  /** The packages with vulnerable copies. */
  readonly names: ReadonlySet<string>;
  /** The vulnerable copies. */
  readonly nodes: ReadonlySet<NodeNumber>;
  /** By package, its dependencies whose declared ranges admit only vulnerable versions. */
  readonly via: ReadonlyMap<string, ReadonlySet<string>>;
  rankOf(name: string, version: string): Rank;
}

export interface RankInput {
  readonly graph: DependencyGraph;
  readonly known: KnownPackages;
  /** The advisories by affected copy. */
  readonly affected: ReadonlyMap<NodeNumber, readonly Advisory[]>;
  isAudited(node: NodeNumber): boolean;
  /** Returns the advisories that affect a version of any package, except those that the project accepts. */
  affecting(name: string, version: string): readonly Advisory[];
}

/**
 * Ranks versions. A version is vulnerable if an advisory affects it, or if it depends on a package in a range that
 * admits only vulnerable versions; it then ranks like the best of those. This propagates up to the project's own
 * declarations. Computes the least fixed point by revisiting dependents of whatever became worse.
 */
export function rankVersions(input: RankInput): RankedVersions {
  const { graph, known, affected } = input;
  const { edges, packages } = graph;
  const ranks = createRanks(input);
  const nodes = new Set<NodeNumber>(affected.keys());
  const via = new Map<string, Set<string>>();
  const waiting = new Set<string>();
  for (const node of nodes) waiting.add(packages[node]!.name);

  for (const name of waiting) {
    // It is queued again at the end when one of its dependencies becomes worse.
    waiting.delete(name);
    const admitted = new Map<string, Rank>();
    for (const [dependent, versions] of dependentsOn(name)) {
      const ranges = known(dependent);
      let isWorse = false;
      for (const version of ranges.all) {
        const bad = versions.get(version);
        // A locked version is judged by the copy it actually resolved to.
        if (bad === undefined && ranges.locked.has(version)) continue;
        const range = ranges.rangeOf(version, name);
        const rank = range === undefined ? 0 : rankVia(name, range, admitted);
        if (rank === 0) continue;
        isWorse = ranks.raise(dependent, version, rank) || isWorse;
        for (const node of bad ?? []) isWorse = noteVia(node, dependent, name) || isWorse;
      }
      if (isWorse) waiting.add(dependent);
    }
  }
  return { names: new Set([...nodes].map((node) => packages[node]!.name)), nodes, via, rankOf: ranks.of };

  /** Returns the copies that depend on a vulnerable copy of this package, by package and version. */
  function dependentsOn(name: string): ReadonlyMap<string, ReadonlyMap<string, Set<NodeNumber>>> {
    const dependents = new Map<string, Map<string, Set<NodeNumber>>>();
    for (const copies of known(name).locked.values()) {
      for (const node of copies) {
        if (!nodes.has(node)) continue;
        for (let at = edges.incomingStarts[node]!; at < edges.incomingStarts[node + 1]!; at++) {
          const from = edges.from[edges.incoming[at]!]!;
          const dependent = packages[from];
          if (dependent?.version === undefined || !input.isAudited(from)) continue;
          const versions = dependents.get(dependent.name) ?? new Map<string, Set<NodeNumber>>();
          dependents.set(dependent.name, versions);
          versions.set(dependent.version, (versions.get(dependent.version) ?? new Set()).add(from));
        }
      }
    }
    return dependents;
  }

  /**
   * Returns the rank of the best version that a range admits; the worst if it is not a range or admits no known
   * version.
   */
  function rankVia(name: string, declared: string, admitted: Map<string, Rank>): Rank {
    let rank = admitted.get(declared);
    if (rank === undefined) {
      rank = bestIn(name, declared);
      admitted.set(declared, rank);
    }
    return rank;
  }

  function bestIn(name: string, declared: string): Rank {
    const range = plainRange(declared, name);
    const { all, locked } = known(name);
    const taken = range === undefined ? [] : all.filter((version) => satisfies(version, range));
    if (taken.length > 0) return Math.min(...taken.map((version) => ranks.of(name, version)));
    return Math.max(0, ...[...locked.keys()].map((version) => ranks.of(name, version)));
  }

  /** Records the cause; returns whether the copy was not yet known to be vulnerable. */
  function noteVia(node: NodeNumber, dependent: string, name: string): boolean {
    via.set(dependent, (via.get(dependent) ?? new Set()).add(name));
    const isNew = !nodes.has(node);
    nodes.add(node);
    return isNew;
  }
}

function createRanks({ affecting }: Pick<RankInput, 'affecting'>) {
  const ranks = new Map<string, Map<string, Rank>>();
  const of = (name: string, version: string): Rank => {
    let versions = ranks.get(name);
    if (versions === undefined) {
      versions = new Map();
      ranks.set(name, versions);
    }
    let rank = versions.get(version);
    if (rank === undefined) {
      rank = rankOfAdvisories(affecting(name, version));
      versions.set(version, rank);
    }
    return rank;
  };
  return {
    of,
    /** Raises a rank; returns whether it is higher than before. */
    raise(name: string, version: string, rank: Rank): boolean {
      if (rank <= of(name, version)) return false;
      ranks.get(name)!.set(version, rank);
      return true;
    },
  };
}

export function rankOfAdvisories(advisories: readonly Advisory[]): Rank {
  const ranks = advisories.map(
    (advisory) => AUDIT_SEVERITIES.length - AUDIT_SEVERITIES.indexOf(auditSeverity(advisory)),
  );
  return Math.max(0, ...ranks);
}

/** Returns the range in a specifier; undefined for tags, URLs and paths. */
export function plainRange(declared: string, name: string): string | undefined {
  const specifier = readSpecifier(name, declared);
  const inner = specifier.type === 'alias' ? specifier.inner : specifier;
  return inner.type === 'version' || inner.type === 'range' ? inner.range : undefined;
}

function satisfies(version: string, range: string): boolean {
  return semver.satisfies(version, range, { includePrerelease: true, loose: true });
}

/** Returns the versions of a package that nothing is known against. */
export function goodVersions(
  name: string,
  { all }: Pick<KnownVersions, 'all'>,
  { rankOf }: Pick<RankedVersions, 'rankOf'>,
): readonly string[] {
  return all.filter((version) => rankOf(name, version) === 0);
}
