import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';

/** What is known of the versions of one package. */
export interface KnownVersions {
  readonly all: readonly string[];
  /** Whether those are all that the registry has. */
  readonly isComplete: boolean;
  /** Of each locked version its copies. */
  readonly locked: ReadonlyMap<string, readonly NodeNumber[]>;
  /** The range in which a version depends on another package; undefined where it does not, and where nobody knows. */
  rangeOf(version: string, dependency: string): string | undefined;
}

export type KnownPackages = (name: string) => KnownVersions;

/**
 * The versions of packages: all of them where the registry's document is known, else those that are locked and those that
 * advisories name as fixed.
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

/** As the lockfile has it. pnpm's says what a package got, and not what it asked for. */
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
