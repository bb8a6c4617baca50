import type { CatalogLine } from '../../config/catalog-line.ts';
import type { LockEntry } from '../../lockfile/model/lockfile.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Specifier } from '../../manifest/specifier.ts';
import type { Uri } from '../../text/paths/uri.ts';
import { lockedForCatalog } from '../locked/locked-dependency.ts';
import type { Project } from '../project.ts';

/** A line of a catalog, with its meaning. */
export interface ReadCatalogLine extends CatalogLine {
  readonly specifier: Specifier;
  /** The entry locked for dependencies on `catalog:`; undefined if not recorded. */
  readonly locked: LockEntry | undefined;
}

/**
 * Yields the effective lines of a file: those that the project's package manager reads from it, and that no later line
 * of the same name replaces. They determine what manifests declare with `catalog:`, so they are checked in place.
 */
export function* catalogEntries(
  uri: Uri,
  lines: readonly CatalogLine[],
  project: Project,
): Generator<ReadCatalogLine> {
  for (const line of lines) {
    const { catalog, name, value, isText } = line;
    const entry = project.catalogs.get(catalog, name.value);
    if (entry?.uri !== uri || entry.declared !== value.value || !isText) continue;
    const specifier = readSpecifier(name.value, value.value);
    yield { ...line, specifier, locked: lockedForCatalog(project, entry) };
  }
}
