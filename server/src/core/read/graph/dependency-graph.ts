import type { LockEntry, Lockfile } from '../lockfile/model/lockfile.ts';
import type { Span } from '../text/span.ts';
import type { EdgeKind, EdgeTable } from './edge-table.ts';
import type { PeersMode } from './reach.ts';

/**
 * The number of a package, importer or linked folder: packages first, then importers, so that lookups work on arrays of
 * numbers.
 */
export type NodeNumber = number;

/** One installed instance of a package. */
export interface GraphPackage {
  /**
   * Unique among the packages of the file, and never the path of an importer. npm: the path in node_modules; pnpm: the
   * key of its snapshot, with the peers; Yarn 1: the key; Yarn 2 and later: the locator; Bun: the key.
   */
  readonly id: string;
  /** The entry it comes from. For a copy patched by Yarn, the entry of the original package. */
  readonly entry: LockEntry;
  /** The entry of the instance itself: for a copy patched by Yarn, the entry of the copy. */
  readonly own: LockEntry;
  /** The package's own name. */
  readonly name: string;
  /** The name under which it is installed, if different. */
  readonly alias: string | undefined;
  readonly version: string | undefined;
  /** Whether it is reachable only through development dependencies. */
  readonly dev: boolean;
  /** Whether it is reachable only through optional, or optional and development, dependencies. */
  readonly optional: boolean;
  /** Whether it is reachable only through peer dependencies. */
  readonly peer: boolean;
  /** Undefined if the format does not record it. */
  readonly installScript: boolean | undefined;
  /** The span of `entry`. */
  readonly span: Span;
  /** In a pnpm lockfile, the index of its YAML document. */
  readonly document: number | undefined;
}

/** A dependency that an importer declares, and what it resolves to. */
export interface ImporterDependency {
  /** The key in the manifest: for an alias, the name under which it is imported. */
  readonly name: string;
  readonly kind: EdgeKind;
  readonly specifier: string;
  /** A package, or the linked importer; undefined if the lockfile has nothing for it. */
  readonly resolved: NodeNumber | undefined;
}

/** The root, a workspace member, or a linked folder. */
export interface GraphImporter {
  /** Relative to the lockfile's directory, with `/`; "" for that directory itself. */
  readonly path: string;
  readonly name: string | undefined;
  /** From its manifest or the lockfile's copy of it, if either was read and has one. */
  readonly version: string | undefined;
  readonly dependencies: readonly ImporterDependency[];
  /** Keys of the lockfile entries that represent it: Bun and Yarn list members among the packages. */
  readonly entries: readonly string[];
}

export interface DependencyGraph {
  readonly lockfile: Lockfile;
  readonly packages: readonly GraphPackage[];
  readonly importers: readonly GraphImporter[];
  readonly edges: EdgeTable;
  readonly peers: PeersMode;
  /** What the file, or the files passed with it, leave unknown: sentences for people. */
  readonly gaps: readonly string[];
}

/** Returns the importer at a node; undefined for a package. */
export function importerAt(graph: DependencyGraph, node: NodeNumber): GraphImporter | undefined {
  return graph.importers[node - graph.packages.length];
}

/** Returns the id of a package or the path of an importer. */
export function idOfNode(graph: DependencyGraph, node: NodeNumber): string {
  return graph.packages[node]?.id ?? importerAt(graph, node)?.path ?? '';
}

/** Returns the edges into a package or importer, as indexes into the edge table of the graph. */
export function dependentsOf({ edges }: DependencyGraph, node: NodeNumber): Int32Array {
  return edges.incoming.subarray(edges.incomingStarts[node], edges.incomingStarts[node + 1]);
}
