import { DEFAULT_CATALOG } from '../../../read/config/catalog-line.ts';
import { dependencyAt } from '../../../read/manifest/dependencies-of.ts';
import type { Manifest } from '../../../read/manifest/manifest.ts';
import { readSpecifier, targetOf } from '../../../read/manifest/read-specifier.ts';
import { catalogPlaceAt } from '../../../read/project/catalog-place.ts';
import type { CheckedFile } from '../../../read/project/checked-file.ts';
import { lockedForCatalog } from '../../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../../read/project/project.ts';
import { describeSpecifier } from './elsewhere.ts';
import type { HoverTarget } from './hover-target.ts';
import { importTarget } from './import-target.ts';
import { lockfileTarget } from './lockfile-target.ts';
import { dependencyTarget } from './manifest-target.ts';
import { overrideTarget } from './override-target.ts';

/**
 * Finds the target of a hover at `offset`: a dependency of a manifest wherever it is named, a catalog entry or an
 * override, an entry of a lockfile or its edge.
 */
export function hoverTarget(project: Project, file: CheckedFile, offset: number): HoverTarget | undefined {
  switch (file.kind) {
    case 'manifest':
      return inManifest(project, file, offset);
    case 'lockfile':
      return lockfileTarget(project, file, offset);
    default:
      return catalogTarget(project, file, offset) ?? overrideTarget(project, file, offset);
  }
}

function inManifest(project: Project, manifest: Manifest, offset: number): HoverTarget | undefined {
  const dependency = dependencyAt(manifest, offset);
  if (dependency !== undefined) return dependencyTarget(project, manifest, dependency, offset);
  return (
    catalogTarget(project, manifest, offset) ??
    overrideTarget(project, manifest, offset) ??
    importTarget(project, manifest, offset)
  );
}

/** Returns what the users of a catalog entry get. */
function catalogTarget(project: Project, { uri }: CheckedFile, offset: number): HoverTarget | undefined {
  const line = catalogPlaceAt(project, uri, offset);
  if (line === undefined) return undefined;
  const { name, declared, catalog } = line.entry;
  const specifier = readSpecifier(name, declared);
  return {
    span: line.token,
    range: { start: line.place.keySpan.start, end: line.place.valueSpan.end },
    name,
    target: targetOf(name, specifier),
    declared,
    kinds: [catalog === DEFAULT_CATALOG ? 'of the catalog' : `of the catalog ${catalog}`],
    entry: lockedForCatalog(project, line.entry),
    elsewhere: describeSpecifier(specifier, declared),
  };
}
