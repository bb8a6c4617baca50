import type { ManifestDependency } from '../../read/manifest/manifest.ts';
import type { SearchedManifest } from './usage-search.ts';

/** A manifest among those around it. */
export interface ManifestNode extends SearchedManifest {
  readonly declared: ReadonlyMap<string, ManifestDependency>;
  /** The next manifest above. */
  readonly parent: ManifestNode | undefined;
}

/** The manifests of a folder by the folders that they are for. */
export interface ManifestTree {
  readonly nodes: readonly ManifestNode[];
  /** Returns the nearest manifest at or above a file. */
  nearest(path: string): ManifestNode | undefined;
}

/** Puts manifests into the order in which packages are looked up. */
export function manifestTree(manifests: readonly SearchedManifest[]): ManifestTree {
  const byFolder = new Map<string, ManifestNode>();
  const sorted = manifests.toSorted((a, b) => a.folder.length - b.folder.length);
  const above = (folder: string): ManifestNode | undefined => {
    for (let at = folder; at !== ''; ) {
      at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1);
      const found = byFolder.get(at);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const searched of sorted) {
    const declared = new Map(searched.manifest.dependencies.map((each) => [each.name, each]));
    byFolder.set(searched.folder, { ...searched, declared, parent: above(searched.folder) });
  }
  const nearest = new Map<string, ManifestNode | undefined>();
  return {
    nodes: [...byFolder.values()],
    nearest(path) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      if (!nearest.has(folder)) nearest.set(folder, byFolder.get(folder) ?? above(folder));
      return nearest.get(folder);
    },
  };
}

/** Yields a manifest and those above it. */
export function* upward(node: ManifestNode | undefined): Generator<ManifestNode> {
  for (let at = node; at !== undefined; at = at.parent) yield at;
}
