import { catalogAskedFor } from '../../config/catalog-line.ts';
import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import { specOf } from '../../manager/managers.ts';
import type { OverrideField } from '../../manager/model/overrides.ts';
import type { OverrideSelector } from '../../manager/override-selector.ts';
import { parseNestedSelector } from '../../manager/override-selector.ts';
import type { PackageManager } from '../../manager/package-manager.ts';
import { parsePnpmSelector } from '../../manager/pnpm/overrides.ts';
import { dependenciesByName } from '../../manifest/dependencies-of.ts';
import type { Manifest, ManifestOverride } from '../../manifest/manifest.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Located, Span } from '../../text/span.ts';
import type { Catalogs, SourcePlace } from '../catalogs/catalogs.ts';

/**
 * A line that replaces what packages declare. Without positions, so that it stays the same while text above is edited.
 */
export interface OverrideEntry {
  readonly field: OverrideField;
  readonly uri: Uri;
  /** The keys as written, from the outside in. */
  readonly path: readonly string[];
  /** The value as written. */
  readonly declared: string;
  /**
   * The resolved value: for `$name` what the root declares for that name, for `catalog:` what the catalog has.
   * Undefined if there is none.
   */
  readonly effective: string | undefined;
  /** Undefined if the keys are invalid. */
  readonly selector: OverrideSelector | undefined;
  /** Whether the project's package manager reads this field. */
  readonly counts: boolean;
}

/** All overrides of the root, including those that the project's package manager ignores. */
export interface Overrides {
  /** In file order; `Project.overridePlaces` has the place of each at the same index. */
  readonly entries: readonly OverrideEntry[];
  /** Returns the effective ones that apply to dependencies on this name. */
  of(name: string): readonly OverrideEntry[];
}

export interface OverrideSources {
  readonly manager: PackageManager;
  readonly rootManifest: Manifest | undefined;
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  readonly catalogs: Catalogs;
}

/**
 * Collects the overrides of the root: npm reads `overrides`, Yarn `resolutions`, Bun both, pnpm its own two fields and,
 * up to version 10, `resolutions`.
 */
export function deriveOverrides(sources: OverrideSources): {
  readonly overrides: Overrides;
  readonly places: readonly SourcePlace[];
} {
  const { rootManifest, pnpmWorkspace } = sources;
  const entries: OverrideEntry[] = [];
  const places: SourcePlace[] = [];
  const add = (
    field: OverrideField,
    uri: Uri,
    path: readonly Located<string>[],
    value: { value: string; span: Span },
  ) => {
    entries.push(entryOf(field, uri, path, value.value, sources));
    places.push({ uri, keySpan: path.at(-1)!.span, valueSpan: value.span });
  };
  for (const [field, list] of fieldsOf(rootManifest)) {
    for (const { path, value } of list) add(field, rootManifest!.uri, path, value);
  }
  for (const { key, value } of pnpmWorkspace?.overrides ?? []) {
    if (value !== undefined)
      add('pnpm-workspace.yaml', pnpmWorkspace!.uri, [key], { value: value.text, span: value.span });
  }
  return { overrides: overridesOf(entries), places };
}

function fieldsOf(
  manifest: Manifest | undefined,
): readonly (readonly [OverrideField, readonly ManifestOverride[]])[] {
  if (manifest === undefined) return [];
  return [
    ['overrides', manifest.overrides],
    ['resolutions', manifest.resolutions],
    ['pnpm.overrides', manifest.pnpm?.overrides ?? []],
  ];
}

function entryOf(
  field: OverrideField,
  uri: Uri,
  path: readonly Located<string>[],
  declared: string,
  sources: OverrideSources,
): OverrideEntry {
  const keys = path.map(({ value }) => value);
  const selector = selectorOf(field, keys, sources.manager);
  return {
    field,
    uri,
    path: keys,
    declared,
    effective: effectiveOf(declared, selector, sources),
    selector,
    counts: readsField(sources.manager, field),
  };
}

function selectorOf(
  field: OverrideField,
  path: readonly string[],
  manager: PackageManager,
): OverrideSelector | undefined {
  const key = path[0] ?? '';
  if (field === 'overrides') return parseNestedSelector(path);
  return field === 'resolutions' ? specOf(manager).overrides.parseResolution(key) : parsePnpmSelector(key);
}

/** Whether the package manager reads the field, in the root. */
export function readsField(manager: PackageManager, field: OverrideField): boolean {
  return specOf(manager).overrides.reads(field, manager.version);
}

function effectiveOf(
  declared: string,
  selector: OverrideSelector | undefined,
  { manager, rootManifest, catalogs }: OverrideSources,
): string | undefined {
  if (declared.startsWith('$') && specOf(manager).overrides.hasReferences) {
    const name = declared.slice(1);
    return dependenciesByName(rootManifest?.dependencies ?? [])
      .get(name)
      ?.at(-1)?.declared;
  }
  const catalog = catalogAskedFor(declared);
  if (catalog === undefined || selector === undefined) return declared;
  return catalogs.get(catalog, selector.target.name)?.declared;
}

function overridesOf(entries: readonly OverrideEntry[]): Overrides {
  const counting = entries.filter(({ counts, selector }) => counts && selector !== undefined);
  const byName = groupBy(counting, ({ selector }) => selector!.target.name);
  return { entries, of: (name) => byName.get(name) ?? NONE };
}

const NONE: readonly OverrideEntry[] = [];
