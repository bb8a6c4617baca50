import type { LockEntry, Lockfile } from '../lockfile/model/lockfile.ts';
import type { Reach } from '../lockfile/model/reach.ts';
import type { DependencySection, Manifest } from '../manifest/manifest.ts';
import type { DependencyGraph, GraphImporter, ImporterDependency } from './dependency-graph.ts';
import { DEV, edgeTable, kindOfCode, OPTIONAL, OPTIONAL_PEER, PEER, PROD } from './edge-table.ts';
import { type InstanceFacts, makeIdsUnique, PackageInstance } from './package-instance.ts';
import { findReach, type PeersMode } from './reach.ts';

/** A package by its number, an importer by the complement of its own (`~0`, `~1`) until all packages are known. */
export type BuiltNode = number;

export interface Declared {
  readonly name: string;
  readonly section: DependencySection;
  readonly specifier: string;
  /** Whether the peer is optional. */
  readonly optional: boolean;
}

interface Importer extends GraphImporter {
  readonly dependencies: ImporterDependency[];
  readonly entries: string[];
  name: string | undefined;
  version: string | undefined;
}

/** Collects what a reader finds in a lockfile, and builds a graph from it. */
export class GraphBuilder {
  readonly #lockfile: Lockfile;
  readonly #packages: PackageInstance[] = [];
  readonly #importers: Importer[] = [];
  readonly #importerByPath = new Map<string, BuiltNode>();
  readonly #gaps: string[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #kinds: number[] = [];
  readonly #names: string[] = [];
  readonly #specifiers: string[] = [];
  #lost = 0;

  constructor(lockfile: Lockfile) {
    this.#lockfile = lockfile;
  }

  /** Adds a package. If `id` is undefined, the key of the entry serves as id, created on demand. */
  addPackage(entry: LockEntry, id: string | undefined, facts: InstanceFacts = {}): BuiltNode {
    const hasScripts = this.#lockfile.recordsInstallScripts;
    return this.#packages.push(new PackageInstance(entry, id, facts, hasScripts)) - 1;
  }

  /**
   * Records that a dependent imports the instance under this name; an instance imported under several names has no
   * alias.
   */
  nameInstance(node: BuiltNode, name: string): void {
    this.#packages[node]!.importedAs(name);
  }

  /** Returns the importer at this path, adding it if needed. The first description wins. */
  importer(path: string, name?: string, version?: string): BuiltNode {
    let node = this.#importerByPath.get(path);
    if (node === undefined) {
      const importer = { path, name: undefined, version: undefined, dependencies: [], entries: [] };
      node = ~(this.#importers.push(importer) - 1);
      this.#importerByPath.set(path, node);
    }
    const importer = this.#importers[~node]!;
    if (name !== undefined && name !== '') importer.name ??= name;
    importer.version ??= version;
    return node;
  }

  /** Adds what manifests say of importers in the lockfile. */
  describeImporters(manifests: ReadonlyMap<string, Manifest> | undefined): void {
    for (const [path, { name, version }] of manifests ?? []) {
      if (this.#importerByPath.has(path)) this.importer(path, name?.value, version?.value);
    }
  }

  hasImporter(path: string): boolean {
    return this.#importerByPath.has(path);
  }

  /** Records that an entry of the lockfile represents the importer. */
  addImporterEntry(importer: BuiltNode, key: string): void {
    this.#importers[~importer]!.entries.push(key);
  }

  /** Adds a dependency of a package or an importer; an unresolved one of a package is skipped. */
  addEdge(from: BuiltNode, to: BuiltNode | undefined, declared: Declared): void {
    const kind = codeOf(declared);
    const { name, specifier } = declared;
    if (from < 0) {
      this.#importers[~from]!.dependencies.push({ name, kind: kindOfCode(kind), specifier, resolved: to });
    }
    if (to === undefined) {
      if (from >= 0 && kind === PROD) this.#lost++;
      return;
    }
    this.#from.push(from);
    this.#to.push(to);
    this.#kinds.push(kind);
    this.#names.push(name);
    this.#specifiers.push(specifier);
  }

  addGap(sentence: string): void {
    if (!this.#gaps.includes(sentence)) this.#gaps.push(sentence);
  }

  /**
   * Adds a gap for unresolved dependencies of packages, if any: the lockfile may still be complete, because a manifest
   * may replace what a package declares.
   */
  addGapOfLost(): void {
    if (this.#lost === 0) return;
    const what = this.#lost === 1 ? 'One dependency' : `${this.#lost} dependencies`;
    this.addGap(
      `${what} of packages could not be followed, as no entry matches the declared range. "resolutions" in a package.json may replace it.`,
    );
  }

  /** Builds the graph. `peers` decides how the search for the reach treats peer dependencies. */
  finish(peers: PeersMode): DependencyGraph {
    const packages = this.#packages;
    const first = packages.length;
    const numberOf = (node: BuiltNode) => (node < 0 ? first + ~node : node);
    const list = {
      from: this.#from.map(numberOf),
      to: this.#to.map(numberOf),
      kinds: this.#kinds,
      names: this.#names,
      specifiers: this.#specifiers,
    };
    const edges = edgeTable(list, first + this.#importers.length);
    let found: ((node: number) => Reach) | undefined;
    const reachOf = (node: number): Reach => {
      found ??= findReach(edges, first, peers);
      return found(node);
    };
    for (const [number, instance] of packages.entries()) instance.walkedBy(reachOf, number);
    makeIdsUnique(packages, this.#importerByPath);
    return {
      lockfile: this.#lockfile,
      packages,
      importers: this.#importers.map((importer) => ({
        ...importer,
        dependencies: importer.dependencies.map((dependency) => ({
          ...dependency,
          resolved: dependency.resolved === undefined ? undefined : numberOf(dependency.resolved),
        })),
      })),
      edges,
      peers,
      gaps: this.#gaps,
    };
  }
}

function codeOf({ section, optional }: Declared): number {
  switch (section) {
    case 'dependencies':
      return PROD;
    case 'devDependencies':
      return DEV;
    case 'optionalDependencies':
      return OPTIONAL;
    case 'peerDependencies':
      return optional ? OPTIONAL_PEER : PEER;
  }
}
