import { catalogAskedFor } from '../config/catalog-line.ts';
import { specOf } from '../manager/managers.ts';
import type { DependencySection } from '../manifest/manifest.ts';
import { readSpecifier, targetOf } from '../manifest/read-specifier.ts';
import type { Specifier } from '../manifest/specifier.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { Span } from '../text/span.ts';
import type { CatalogEntry } from './catalogs/catalogs.ts';
import type { OverrideEntry } from './overrides/overrides.ts';
import type { Project } from './project.ts';

/** The part of a manifest's dependency that determines its meaning. */
export interface DeclaredDependency {
  readonly section: DependencySection;
  readonly name: string;
  readonly declared: string | undefined;
  readonly specifier: Specifier;
  readonly target: string;
}

/** The meaning of a dependency after applying catalogs and overrides. */
export interface Meaning {
  /** The effective specifier; undefined if the dependency has none. */
  readonly declared: string | undefined;
  readonly specifier: Specifier;
  /** The name requested from a registry. */
  readonly target: string;
  /** The entry of a catalog that `catalog:` refers to. */
  readonly catalog: CatalogEntry | undefined;
  /** The override that replaces the manifest's declaration. */
  readonly override: OverrideEntry | undefined;
  /** Whether an override of pnpm removes the dependency (`-`). */
  readonly isRemoved: boolean;
}

/**
 * Returns the effective meaning of a dependency of a project's manifest: an override of the root replaces its
 * declaration, otherwise an entry of a catalog replaces `catalog:`. `manifest` is the URI of its manifest.
 */
export function meaningOf(project: Project, manifest: Uri, dependency: DeclaredDependency): Meaning {
  return meaningsIn(project, manifest)(dependency);
}

/** Returns `meaningOf` for all dependencies of one manifest, few of which are overridden in most projects. */
export function meaningsIn(project: Project, manifest: Uri): (dependency: DeclaredDependency) => Meaning {
  const hasOverrides = project.overrides.entries.length > 0;
  return (dependency) => {
    const override = hasOverrides ? overrideOf(project, manifest, dependency) : undefined;
    if (override !== undefined) {
      const { removal } = specOf(project.manager).overrides;
      const isRemoved = removal !== undefined && override.effective === removal;
      return meaning(dependency, override.effective, { override, isRemoved });
    }
    const catalog = catalogOf(project, dependency);
    return catalog === undefined
      ? new OwnMeaning(dependency)
      : meaning(dependency, catalog.declared, { catalog });
  };
}

/** Returns the line of the override or catalog that determines the meaning of a dependency, if any does. */
export function meaningPlace(
  project: Project,
  { catalog, override }: Pick<Meaning, 'catalog' | 'override'>,
): { readonly uri: Uri; readonly span: Span } | undefined {
  const place =
    override !== undefined
      ? project.overridePlaces[project.overrides.entries.indexOf(override)]
      : catalog !== undefined
        ? project.catalogPlaces[project.catalogs.entries.indexOf(catalog)]
        : undefined;
  return place === undefined ? undefined : { uri: place.uri, span: place.valueSpan };
}

/** The meaning in the manifest itself; its specifier is parsed on first use. */
class OwnMeaning implements Meaning {
  readonly catalog = undefined;
  readonly override = undefined;
  readonly isRemoved = false;
  readonly #dependency: DeclaredDependency;

  constructor(dependency: DeclaredDependency) {
    this.#dependency = dependency;
  }

  get declared(): string | undefined {
    return this.#dependency.declared;
  }

  get specifier(): Specifier {
    return this.#dependency.specifier;
  }

  get target(): string {
    return this.#dependency.target;
  }
}

function meaning(
  { name }: DeclaredDependency,
  declared: string | undefined,
  by: Partial<Pick<Meaning, 'catalog' | 'override' | 'isRemoved'>>,
): Meaning {
  const specifier: Specifier =
    declared === undefined
      ? { type: 'invalid', reason: 'what it refers to is not there' }
      : readSpecifier(name, declared);
  return {
    declared,
    specifier,
    target: targetOf(name, specifier),
    catalog: by.catalog,
    override: by.override,
    isRemoved: by.isRemoved ?? false,
  };
}

function catalogOf(project: Project, { name, declared }: DeclaredDependency): CatalogEntry | undefined {
  const catalog = declared === undefined ? undefined : catalogAskedFor(declared);
  return catalog === undefined ? undefined : project.catalogs.get(catalog, name);
}

function overrideOf(
  project: Project,
  manifest: Uri,
  { section, name, declared }: DeclaredDependency,
): OverrideEntry | undefined {
  if (declared === undefined || section === 'peerDependencies') return undefined;
  const candidates = project.overrides.of(name);
  if (candidates.length === 0) return undefined;
  const member = project.members.get(manifest);
  if (member === undefined) return undefined;
  return specOf(project.manager).overrides.chosen(candidates, {
    declared,
    member,
    rootHasWorkspaces: () => project.rootManifest?.workspaces !== undefined,
  });
}
