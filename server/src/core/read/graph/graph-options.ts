import type { LockEdge, LockEntry } from '../lockfile/model/lockfile.ts';
import type { Manifest, ManifestDependency } from '../manifest/manifest.ts';

/** What a graph is built from, besides the lockfile. */
export interface GraphOptions {
  /**
   * The project's manifests by the path of their folder, "" for the lockfile's own. They provide the importers for
   * formats that record none (npm up to 6, Yarn 1), the development dependencies of Yarn 2 and later, and names.
   */
  readonly manifests?: ReadonlyMap<string, Manifest>;
  /**
   * What the project's catalogs and `resolutions` turn a manifest's dependency into; undefined if it stays as declared.
   */
  readonly declared?: (importerPath: string, dependency: ManifestDependency) => string | undefined;
  /** What the project's `resolutions` replace a package's dependency with. */
  readonly replaced?: (from: LockEntry, edge: LockEdge) => string | undefined;
  /** How the project's `packageExtensions` change what a package declares in Yarn 2 and later. */
  readonly extended?:
    | ((name: string, version: string | undefined, edges: readonly LockEdge[]) => readonly LockEdge[])
    | undefined;
}
