import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';

/** The known versions of one package. */
export interface KnownVersions {
  readonly all: readonly string[];
  /** Whether these are all versions in the registry. */
  readonly isComplete: boolean;
  /** Copies by locked version. */
  readonly locked: ReadonlyMap<string, readonly NodeNumber[]>;
  /**
   * Returns the range in which a version depends on another package; undefined if it does not, or if that is unknown.
   */
  rangeOf(version: string, dependency: string): string | undefined;
}

export type KnownPackages = (name: string) => KnownVersions;

/**
 * Returns a lookup for the versions of packages: all of them if the packument is known, otherwise the locked ones and
 * the ones that advisories name as fixed.
 */
export function knownPackages(
  graph: DependencyGraph,
  advisories: Pick<Advisories, 'of'>,
  packument: (name: string) => Packument | undefined,
): KnownPackages {
  const locked = lockedNodes(graph);
  const known = new Map<string, KnownVersions>();
  return (name) => {
    let versions = known.get(name);
    if (versions === undefined) {
      versions = versionsOf(name, graph, locked.get(name) ?? new Map(), advisories, packument(name));
      known.set(name, versions);
    }
    return versions;
  };
}

function versionsOf(
  name: string,
  graph: DependencyGraph,
  locked: KnownVersions['locked'],
  advisories: Pick<Advisories, 'of'>,
  packument: Packument | undefined,
): KnownVersions {
  const named = packument?.versions.keys() ?? advisories.of(name).flatMap(({ fixedIn }) => fixedIn);
  return {
    all: [...new Set([...locked.keys(), ...named])],
    isComplete: packument !== undefined,
    locked,
    rangeOf(version, dependency) {
      const document = packument?.versions.get(version);
      if (document === undefined) return lockedRange(graph, locked.get(version)?.[0], dependency);
      const { dependencies, optionalDependencies, peerDependencies } = document;
      return (
        dependencies.get(dependency) ??
        optionalDependencies.get(dependency) ??
        peerDependencies.get(dependency)
      );
    },
  };
}

/** Reads the range from the lockfile. pnpm's records the resolved version, not the requested range. */
function lockedRange(
  { edges, packages, lockfile }: DependencyGraph,
  node: NodeNumber | undefined,
  dependency: string,
): string | undefined {
  if (node === undefined || !specOfLockfile(lockfile.format).lockfile.recordsRanges) return undefined;
  for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
    if (packages[edges.to[edge]!]?.name === dependency) return edges.specifiers[edge];
  }
  return undefined;
}

function lockedNodes({ packages }: DependencyGraph): ReadonlyMap<string, KnownVersions['locked']> {
  const byName = new Map<string, Map<string, NodeNumber[]>>();
  for (const [node, { name, version }] of packages.entries()) {
    if (version === undefined) continue;
    const versions = byName.get(name) ?? new Map<string, NodeNumber[]>();
    byName.set(name, versions);
    const copies = versions.get(version);
    if (copies === undefined) versions.set(version, [node]);
    else copies.push(node);
  }
  return byName;
}
