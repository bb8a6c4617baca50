import type { LockEntry, Lockfile } from '../lockfile/model/lockfile.ts';
import type { Span } from '../text/span.ts';
import type { EdgeKind, EdgeTable } from './edge-table.ts';

/**
 * A package, importer or linked folder by its number: packages come first, importers behind them, so that questions are
 * answered on arrays of numbers.
 */
export type NodeNumber = number;

/** One installed instance of a package. */
export interface GraphPackage {
  /**
   * Unique among the packages of the file, and never an importer's path. npm: its path in node_modules; pnpm: the key
   * of its snapshot, with the peers; Yarn 1: the key; Yarn 2 and later: the locator; Bun: the key.
   */
  readonly id: string;
  /** The entry it comes from. Of a copy that Yarn patches, that of the package which is patched. */
  readonly entry: LockEntry;
  /** The entry of the instance itself: of a copy that Yarn patches, that of the copy. */
  readonly own: LockEntry;
  /** The package's own name. */
  readonly name: string;
  /** The name under which it is installed, where that is another. */
  readonly alias: string | undefined;
  readonly version: string | undefined;
  /** Whether only development dependencies lead here. */
  readonly dev: boolean;
  /** Whether only optional dependencies lead here, or only they and development ones. */
  readonly optional: boolean;
  /** Whether only peer dependencies lead here. */
  readonly peer: boolean;
  /** Undefined where the format does not say it. */
  readonly installScript: boolean | undefined;
  /** The span of `entry`. */
  readonly span: Span;
  /** Of a pnpm lockfile, the place of the YAML document it stands in, from 0. */
  readonly document: number | undefined;
}

/** What an importer declares, and where that leads. */
export interface ImporterDependency {
  /** The key in the manifest: for an alias, the name under which it is imported. */
  readonly name: string;
  readonly kind: EdgeKind;
  readonly specifier: string;
  /** A package, or the importer that is linked; undefined where the lockfile has nothing for it. */
  readonly resolved: NodeNumber | undefined;
}

/** The root, a workspace member, or a folder that something links. */
export interface GraphImporter {
  /** Relative to the lockfile's directory, with `/`; "" for that directory itself. */
  readonly path: string;
  readonly name: string | undefined;
  /** Of its manifest, where that or the lockfile's copy of it was read and has one. */
  readonly version: string | undefined;
  readonly dependencies: readonly ImporterDependency[];
  /** Keys of the lockfile's entries that stand for it: Bun and Yarn list members among the packages. */
  readonly entries: readonly string[];
}

/** A lockfile as a graph. */
export interface DependencyGraph {
  readonly lockfile: Lockfile;
  readonly packages: readonly GraphPackage[];
  readonly importers: readonly GraphImporter[];
  readonly edges: EdgeTable;
  /** What the file, or the files given with it, leave unknown: sentences for people. */
  readonly gaps: readonly string[];
}

/** The importer that a node is, undefined for a package. */
export function importerAt(graph: DependencyGraph, node: NodeNumber): GraphImporter | undefined {
  return graph.importers[node - graph.packages.length];
}

/** The id of a package, the path of an importer. */
export function idOfNode(graph: DependencyGraph, node: NodeNumber): string {
  return graph.packages[node]?.id ?? importerAt(graph, node)?.path ?? '';
}
