import semver from 'semver';
import {
  type DependencyGraph,
  dependentsOf,
  type GraphPackage,
  idOfNode,
  type NodeNumber,
} from '../../read/graph/dependency-graph.ts';
import { OPTIONAL_PEER, PEER } from '../../read/graph/edge-table.ts';
import { nodesNamed } from '../../read/graph/nodes-by-name.ts';
import { bundlerOf } from '../../read/lockfile/model/bundler-of.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import { aliasPrefix, readSpecifier } from '../../read/manifest/read-specifier.ts';
import type { OverrideEntry } from '../../read/project/overrides/overrides.ts';
import type { Project } from '../../read/project/project.ts';
import { satisfies } from '../../read/text/satisfies.ts';
import type { VersionChoice } from './version-choice.ts';

/** A dependent of a package version: another package, or the project itself. */
export interface Dependent {
  readonly node: NodeNumber;
  /** Undefined for the root and its members. */
  readonly by: GraphPackage | undefined;
  /** The name under which it imports the package. */
  readonly name: string;
  /** The version it resolves to. */
  readonly version: string;
  /** Its declaration; undefined if neither the lockfile nor the registry records it. */
  readonly declared: string | undefined;
  /** The effective semver range after overrides. */
  readonly range: string | undefined;
  /** The override that replaces the declaration. */
  readonly override: OverrideEntry | undefined;
}

/** The known packuments. */
export type Documents = Pick<VersionChoice, 'packument'>;

/** The dependents of all versions of a package. */
export interface Dependents {
  readonly all: readonly Dependent[];
  /** Returns the packages whose own tarballs contain a copy of the version, where no change reaches it. */
  readonly bundlersOf: (version: string) => readonly LockEntry[];
}

interface KnownDependents {
  readonly overrides: Project['overrides'];
  readonly byName: Map<string, Dependents>;
}

const known = new WeakMap<DependencyGraph, KnownDependents>();

/**
 * Finds dependents. Excludes peer dependencies if another dependency pulls the package in, as they follow it. Memoized if
 * the lockfile records ranges: many findings are about a few packages with hundreds of dependents.
 */
export function findDependents(
  graph: DependencyGraph,
  project: Project,
  choice: Documents,
  name: string,
): Dependents {
  const { recordsRanges } = specOfLockfile(graph.lockfile.format).lockfile;
  if (!recordsRanges) return dependentsIn(graph, project, choice, name, false);
  const { overrides } = project;
  let found = known.get(graph);
  if (found?.overrides !== overrides) {
    found = { overrides, byName: new Map() };
    known.set(graph, found);
  }
  const dependents = found.byName.get(name) ?? dependentsIn(graph, project, choice, name, true);
  found.byName.set(name, dependents);
  return dependents;
}

function dependentsIn(
  graph: DependencyGraph,
  project: Project,
  choice: Documents,
  name: string,
  recordsRanges: boolean,
): Dependents {
  const { packages, edges } = graph;
  const plain = new Map<string, Dependent>();
  const peers = new Map<string, Dependent>();
  const bundled: { readonly version: string; readonly by: LockEntry }[] = [];
  for (const node of nodesNamed(graph, name)) {
    const { version, entry } = packages[node]!;
    if (version === undefined || entry.source !== 'registry') continue;
    const bundler = bundlerOf(graph.lockfile, entry);
    if (bundler !== undefined) {
      bundled.push({ version, by: bundler });
      continue;
    }
    for (const edge of dependentsOf(graph, node)) {
      const from = edges.from[edge]!;
      const by = packages[from];
      const importedAs = edges.names[edge]!;
      const declared =
        recordsRanges || by === undefined ? edges.specifiers[edge] : declaredBy(choice, by, importedAs);
      const override = overrideOn(project, by, importedAs, declared, version);
      const counts = override?.effective ?? declared;
      const kind = edges.kinds[edge];
      const list = kind === PEER || kind === OPTIONAL_PEER ? peers : plain;
      const key = `${idOfNode(graph, from)}\n${importedAs}\n${version}`;
      list.set(key, {
        ...{ node: from, by, name: importedAs, version, declared, override },
        // Evaluated lazily: most dependents are of other versions than the inspected one.
        get range() {
          return rangeOf(importedAs, counts);
        },
      });
    }
  }
  const brought = new Set([...plain.values()].map(({ version }) => version));
  const alone = [...peers.values()].filter(({ version }) => !brought.has(version));
  return {
    all: [...plain.values(), ...alone],
    bundlersOf: (version) => [
      ...new Set(bundled.filter((each) => each.version === version).map(({ by }) => by)),
    ],
  };
}

/** Returns what a package version declares for another package according to the packument: null if nothing. */
export function declaredIn(
  choice: Documents,
  name: string,
  version: string,
  dependency: string,
): string | null | undefined {
  const found = choice.packument(name)?.versions.get(version);
  if (found === undefined) return undefined;
  return found.dependencies.get(dependency) ?? found.optionalDependencies.get(dependency) ?? null;
}

/** Returns the range of a registry specifier. */
export function rangeOf(name: string, declared: string | undefined): string | undefined {
  if (declared === undefined) return undefined;
  const inner = plainOf(readSpecifier(name, declared));
  return inner === undefined || inner.type === 'tag' ? undefined : inner.range;
}

/** Reads the packument, as pnpm's lockfile does not record what packages declare. */
function declaredBy(choice: Documents, by: GraphPackage, name: string): string | undefined {
  const { version } = by;
  return version === undefined ? undefined : (declaredIn(choice, by.name, version, name) ?? undefined);
}

/**
 * Returns the override that decides what a package resolves to: it admits the locked version, though the declaration
 * may not.
 */
function overrideOn(
  project: Project,
  by: GraphPackage | undefined,
  name: string,
  declared: string | undefined,
  version: string,
): OverrideEntry | undefined {
  return overridesMeant(project, { by, name, declared }).find(({ effective }) => {
    const range = rangeOf(name, effective);
    return range !== undefined && satisfies(version, range);
  });
}

/** Returns the overrides that match a dependent's declaration, whether or not the lockfile follows them. */
export function overridesMeant(
  { overrides }: Project,
  { by, name, declared }: Pick<Dependent, 'by' | 'name' | 'declared'>,
): readonly OverrideEntry[] {
  return overrides.of(name).filter(({ selector }) => {
    const { parents, target, isDeep } = selector!;
    const parent = parents.at(-1);
    if (parent !== undefined && parent.name !== by?.name && !isDeep) return false;
    return target.range === undefined || declared === undefined || mayMean(target.range, declared);
  });
}

/** Checks whether a range in the key of an override matches the declaration. */
function mayMean(key: string, declared: string): boolean {
  const [a, b] = [key, declared].map((text) => text.slice(aliasPrefix(text).length));
  if (a === b) return true;
  return semver.validRange(a) === null || semver.validRange(b) === null || semver.intersects(a!, b!);
}
