import type { Manifest } from '../../read/manifest/manifest.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import { catalogPlaceOf } from '../../read/project/catalog-place.ts';
import { catalogEntries } from '../../read/project/catalogs/catalog-entries.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { lockedVersion, registryVersion } from '../../read/project/locked/locked-dependency.ts';
import { ignoredUpdates } from '../../read/project/manager/ignored-updates.ts';
import type { Meaning } from '../../read/project/meaning-of.ts';
import type { Project } from '../../read/project/project.ts';
import { registryDependencies } from '../../read/project/registry-dependencies.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';

/** The token of a range in a manifest, or in a catalog that the manifest refers to. */
export interface RangeToken {
  readonly uri: Uri;
  /** Including quotes. */
  readonly span: Span;
}

/** A declared registry dependency, with the range that decides its version. */
export interface DeclaredRange {
  readonly uri: Uri;
  /** From the key to the end of the value. */
  readonly span: Span;
  readonly valueSpan: Span;
  readonly name: string;
  /** The package requested from the registry. */
  readonly target: string;
  /** The effective text after resolving catalogs and overrides. */
  readonly declared: string;
  readonly specifier: Specifier;
  readonly locked: string | undefined;
  /** The place of `declared`; undefined if it comes from an override. */
  readonly token: RangeToken | undefined;
}

/**
 * Returns the declarations of a file in text order. Excludes peer dependencies, which are chosen by the package's
 * users.
 */
export function declaredRanges(project: Project, file: CheckedFile): readonly DeclaredRange[] {
  switch (file.kind) {
    case 'manifest':
      return [...inCatalogs(project, file), ...inManifest(project, file)].sort(
        (a, b) => a.valueSpan.start - b.valueSpan.start,
      );
    case 'pnpmWorkspace':
    case 'yarnrc':
      return [...inCatalogs(project, file)];
    default:
      return [];
  }
}

/**
 * Returns the declarations for which newer versions are reported, without those the package manager is configured to
 * leave alone.
 */
export function updatableRanges(project: Project, file: CheckedFile): readonly DeclaredRange[] {
  const isIgnored = ignoredUpdates(project);
  return declaredRanges(project, file).filter(({ name }) => !isIgnored(name));
}

function* inManifest(project: Project, manifest: Manifest): Generator<DeclaredRange> {
  for (const { dependency, meaning, target } of registryDependencies(project, manifest)) {
    const { name, span, valueSpan } = dependency;
    const { uri } = manifest;
    yield {
      ...{ uri, span, valueSpan, name, target },
      declared: meaning.declared ?? '',
      specifier: meaning.specifier,
      locked: lockedVersion(project, uri, dependency),
      token: tokenOf(project, { uri, span: valueSpan }, meaning),
    };
  }
}

function tokenOf(project: Project, own: RangeToken, { catalog, override }: Meaning): RangeToken | undefined {
  if (override !== undefined) return undefined;
  if (catalog === undefined) return own;
  const place = catalog.isText ? catalogPlaceOf(project, catalog)?.place : undefined;
  return place === undefined ? undefined : { uri: place.uri, span: place.valueSpan };
}

function* inCatalogs(
  project: Project,
  { uri, catalogs }: Extract<CheckedFile, { readonly catalogs: unknown }>,
): Generator<DeclaredRange> {
  for (const { name, value, specifier, locked } of catalogEntries(uri, catalogs, project)) {
    const target = servedName(name.value, specifier);
    if (target === undefined || project.memberNames.has(target)) continue;
    yield {
      ...{ uri, specifier, target },
      span: { start: name.span.start, end: value.span.end },
      valueSpan: value.span,
      name: name.value,
      declared: value.value,
      locked: locked === undefined ? undefined : registryVersion(locked, target),
      token: { uri, span: value.span },
    };
  }
}

function servedName(name: string, specifier: Specifier): string | undefined {
  switch (specifier.type) {
    case 'alias':
      return specifier.target;
    case 'version':
    case 'range':
    case 'tag':
      return name;
    default:
      return undefined;
  }
}
