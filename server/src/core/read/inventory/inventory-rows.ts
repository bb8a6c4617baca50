import {
  DECLARED_SCOPES,
  type DeclaredScope,
  depthsOf,
  scopesOf,
  UNREACHED,
} from '../graph/declared-scope.ts';
import type { DependencyGraph, GraphPackage } from '../graph/dependency-graph.ts';
import { installedAs } from '../lockfile/model/installed-as.ts';
import type { LockSource } from '../lockfile/model/lockfile.ts';
import { writerOf } from '../lockfile/writer-of.ts';
import { canonicalUrl } from '../text/paths/canonical-url.ts';

/** A package with its version as one lockfile locks it, whatever the number of its copies. Undefined: not recorded. */
export interface InventoryRow {
  readonly manager: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly integrity: string | undefined;
  readonly source: LockSource;
  /** The host of the registry, as far as the lockfile has it. */
  readonly registry: string | undefined;
  /** 1 for what the project or a member declares; undefined also if nothing is known to lead to it. */
  readonly depth: number | undefined;
  readonly scope: DeclaredScope | undefined;
  readonly license: string | undefined;
  readonly installScript: boolean | undefined;
}

/** A package that the project itself consists of: the root or a workspace member. */
export interface InventoryMember {
  readonly path: string;
  readonly name: string;
  readonly version: string | undefined;
}

/** Returns the packages of a lockfile, sorted by name and version. */
export function inventoryRows(graph: DependencyGraph): readonly InventoryRow[] {
  const manager = writerOf(graph.lockfile).name;
  const depths = depthsOf(graph);
  const scopeOf = scopesOf(graph, depths);
  const rows = new Map<string, InventoryRow>();
  for (const [node, copy] of graph.packages.entries()) {
    const { entry } = copy;
    const installed = installedAs(entry) ?? { name: entry.name, version: entry.version?.value };
    const depth = depths[node]!;
    const row: InventoryRow = {
      ...{ manager, ...installed, source: entry.source },
      ...{ integrity: entry.integrity?.value, registry: registryOf(copy), license: entry.license },
      ...{ depth: depth === UNREACHED ? undefined : depth, scope: scopeOf(node) },
      installScript: copy.installScript,
    };
    const key = JSON.stringify([row.name, row.version, row.source]);
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : joined(known, row));
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Returns the root and the members that have a name. */
export function inventoryMembers({ importers }: DependencyGraph): readonly InventoryMember[] {
  return importers.flatMap(({ path, name, version }) =>
    name === undefined || name === '' ? [] : [{ path, name, version }],
  );
}

/** Of copies, the one that is nearest and needed most counts. */
function joined(a: InventoryRow, b: InventoryRow): InventoryRow {
  const depths = [a.depth, b.depth].filter((depth) => depth !== undefined);
  return {
    ...a,
    integrity: a.integrity ?? b.integrity,
    registry: a.registry ?? b.registry,
    license: a.license ?? b.license,
    depth: depths.length === 0 ? undefined : Math.min(...depths),
    scope: DECLARED_SCOPES.find((scope) => a.scope === scope || b.scope === scope),
    installScript:
      a.installScript === true || b.installScript === true ? true : (a.installScript ?? b.installScript),
  };
}

/** The URL may have credentials, which the host has not. */
function registryOf({ entry: { source, resolved } }: GraphPackage): string | undefined {
  if (source !== 'registry' || resolved === undefined) return undefined;
  const url = canonicalUrl(resolved.value);
  return url === undefined ? undefined : `${url.host}${url.port === '' ? '' : `:${url.port}`}`;
}
