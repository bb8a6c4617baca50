import type { LockEdge, LockEntry } from '../lockfile/model/lockfile.ts';
import type { Manifest, ManifestDependency } from '../manifest/manifest.ts';

/** What a graph is made of beside the lockfile. */
export interface GraphOptions {
  /**
   * The project's manifests by the path of their folder, "" for the lockfile's own. They are the importers of formats
   * that record none (npm up to 6, Yarn 1), tell development dependencies of Yarn 2 and later, and give names.
   */
  readonly manifests?: ReadonlyMap<string, Manifest>;
  /** What the project's catalogs and `resolutions` make of a manifest's dependency, undefined for what it says. */
  readonly declared?: (importerPath: string, dependency: ManifestDependency) => string | undefined;
  /** What the project's `resolutions` put in place of what a package declares. */
  readonly replaced?: (from: LockEntry, edge: LockEdge) => string | undefined;
  /** What the project's `packageExtensions` make of what a package of Yarn 2 and later declares. */
  readonly extended?:
    | ((name: string, version: string | undefined, edges: readonly LockEdge[]) => readonly LockEdge[])
    | undefined;
}
