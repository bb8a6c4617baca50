import type { CatalogLine } from '../../config/catalog-line.ts';
import type { LockEntry } from '../../lockfile/model/lockfile.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Specifier } from '../../manifest/specifier.ts';
import type { Uri } from '../../text/paths/uri.ts';
import { lockedForCatalog } from '../locked/locked-dependency.ts';
import type { Project } from '../project.ts';

/** A line of a catalog, and what it means. */
export interface ReadCatalogLine extends CatalogLine {
  readonly specifier: Specifier;
  /** What is locked for those that declare `catalog:`, undefined where nothing says so. */
  readonly locked: LockEntry | undefined;
}

/**
 * The lines of a file that count: where the project's package manager reads catalogs from it, and no later line has the
 * same name. They stand for what manifests declare with `catalog:`, so that they are judged where they stand.
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
