import { catalogAskedFor } from '../../read/config/catalog-line.ts';
import { edgesEverywhere } from '../../read/lockfile/model/lock-place.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { CatalogEntry } from '../../read/project/catalogs/catalogs.ts';
import { followEdge } from '../../read/project/locked/follow-edge.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import { meaningOf } from '../../read/project/meaning-of.ts';
import type { Project } from '../../read/project/project.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import {
  type Destination,
  destinationOf,
  isSameDestination,
  type ProjectFiles,
  placeOfDestination,
} from './destination.ts';

export interface Reference {
  readonly uri: Uri;
  readonly span: Span;
}

/**
 * Returns everything that leads to a destination: dependencies of manifests, then edges of importers and entries, in
 * text order. With `declaration`, the destination itself comes first.
 */
export function references(
  project: Project,
  files: ProjectFiles,
  destination: Destination,
  declaration: boolean,
): readonly Reference[] {
  const found: Reference[] = [];
  if (declaration) {
    const { uri, selection } = placeOfDestination(destination, files);
    found.push({ uri, span: selection });
  }
  if (destination.type === 'catalog') {
    found.push(...ofCatalog(project, files, destination.line.entry));
    return found;
  }
  const lockfile = destination.type === 'entry' ? destination.lockfile : project.lockfile;
  if (lockfile === undefined) return found;
  if (lockfile === project.lockfile) found.push(...inManifests(project, lockfile, files, destination));
  const edges = inLockfile(project, lockfile, destination);
  found.push(...edges.sort((a, b) => a.span.start - b.span.start));
  return found;
}

/** Yields the dependencies declared by a catalog entry. */
function* ofCatalog(project: Project, files: ProjectFiles, entry: CatalogEntry): Iterable<Reference> {
  for (const file of files.values()) {
    if (file.kind !== 'manifest') continue;
    for (const dependency of file.dependencies) {
      if (catalogAskedFor(dependency.declared ?? '') === undefined) continue;
      if (meaningOf(project, file.uri, dependency).catalog !== entry) continue;
      yield { uri: file.uri, span: dependency.nameSpan };
    }
  }
}

function inManifests(
  project: Project,
  lockfile: Lockfile,
  files: ProjectFiles,
  destination: Destination,
): readonly Reference[] {
  const found: Reference[] = [];
  for (const file of files.values()) {
    if (file.kind !== 'manifest') continue;
    for (const dependency of file.dependencies) {
      const entry = lockedEntry(project, file.uri, dependency);
      if (entry === undefined) continue;
      if (isSameDestination(destinationOf(project, lockfile, entry), destination)) {
        found.push({ uri: file.uri, span: dependency.nameSpan });
      }
    }
  }
  return found;
}

function inLockfile(project: Project, lockfile: Lockfile, destination: Destination): Reference[] {
  const found: Reference[] = [];
  const lookAt = (from: LockEntry) => {
    for (const edge of edgesEverywhere(from)) {
      const entry = followEdge(project, lockfile, from, edge);
      if (entry === undefined || !leadsTo(project, lockfile, entry, destination)) continue;
      found.push({ uri: lockfile.uri, span: edge.nameSpan });
    }
  };
  for (const importer of lockfile.importers.values()) lookAt(importer);
  for (const entry of lockfile.entries) lookAt(entry);
  for (const link of lockfile.links) lookAt(link);
  return found;
}

/** Compares packages first: edges rarely lead to a member. */
function leadsTo(project: Project, lockfile: Lockfile, entry: LockEntry, destination: Destination): boolean {
  if (destination.type === 'entry') return destination.entry === entry;
  return isSameDestination(destinationOf(project, lockfile, entry), destination);
}
