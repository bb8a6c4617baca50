import { type CatalogLine, DEFAULT_CATALOG } from '../../config/catalog-line.ts';
import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import type { Yarnrc } from '../../config/yarn/yarnrc.ts';
import { specNamed } from '../../manager/managers.ts';
import type { PackageManagerName } from '../../manager/package-manager.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';

/** The value of a name in a catalog. Without positions, so that it stays the same while text above it is edited. */
export interface CatalogEntry {
  /** `default` for the unnamed one. */
  readonly catalog: string;
  readonly name: string;
  readonly declared: string;
  /** Whether the value is a string, not a number or the like. */
  readonly isText: boolean;
  readonly uri: Uri;
}

/** The position of a line of a configuration file. */
export interface SourcePlace {
  readonly uri: Uri;
  readonly keySpan: Span;
  readonly valueSpan: Span;
}

/** The catalogs that the project's package manager reads. */
export interface Catalogs {
  /** In file order; `Project.catalogPlaces` has the place of each at the same index. */
  readonly entries: readonly CatalogEntry[];
  /** Checks whether there is a catalog of this name; "" means the unnamed one. */
  has(catalog: string): boolean;
  get(catalog: string, name: string): CatalogEntry | undefined;
}

/** Files that may have catalogs. */
export interface CatalogSources {
  readonly manager: PackageManagerName;
  readonly rootManifest: Manifest | undefined;
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  /** Nearest first. */
  readonly yarnrcs: readonly Yarnrc[];
}

/**
 * Reads catalogs where they are supported: pnpm in pnpm-workspace.yaml, Yarn in .yarnrc.yml, Bun in the root's
 * package.json; npm has none.
 */
export function deriveCatalogs(sources: CatalogSources): {
  readonly catalogs: Catalogs;
  readonly places: readonly SourcePlace[];
} {
  const entries: CatalogEntry[] = [];
  const places: SourcePlace[] = [];
  for (const { uri, catalogs } of filesWithCatalogs(sources)) {
    for (const { catalog, name, value, isText } of catalogs) {
      entries.push({ catalog, name: name.value, declared: value.value, isText, uri });
      places.push({ uri, keySpan: name.span, valueSpan: value.span });
    }
  }
  return { catalogs: catalogsOf(entries), places };
}

function filesWithCatalogs({
  manager,
  rootManifest,
  pnpmWorkspace,
  yarnrcs,
}: CatalogSources): readonly { readonly uri: Uri; readonly catalogs: readonly CatalogLine[] }[] {
  switch (specNamed(manager).specifiers.catalogsIn) {
    case 'pnpmWorkspace':
      return pnpmWorkspace === undefined ? [] : [pnpmWorkspace];
    case 'yarnrc':
      return yarnrcs;
    case 'manifest':
      return rootManifest === undefined ? [] : [rootManifest];
    case undefined:
      return [];
  }
}

/** The first file that has an entry decides; within a file the last line of a name. */
function catalogsOf(entries: readonly CatalogEntry[]): Catalogs {
  const byKey = new Map<string, CatalogEntry>();
  const names = new Set<string>();
  for (const entry of entries) {
    names.add(entry.catalog);
    const key = keyOf(entry.catalog, entry.name);
    const known = byKey.get(key);
    if (known === undefined || known.uri === entry.uri) byKey.set(key, entry);
  }
  return {
    entries,
    has: (catalog) => names.has(catalog === '' ? DEFAULT_CATALOG : catalog),
    get: (catalog, name) => byKey.get(keyOf(catalog === '' ? DEFAULT_CATALOG : catalog, name)),
  };
}

function keyOf(catalog: string, name: string): string {
  return `${catalog}\n${name}`;
}
