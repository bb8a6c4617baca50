import { lockPlaceAt } from '../../read/lockfile/model/lock-place.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { dependencyAt } from '../../read/manifest/dependencies-of.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { catalogPlaceAt, catalogPlaceOf } from '../../read/project/catalog-place.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { followEdge } from '../../read/project/locked/follow-edge.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import { meaningOf } from '../../read/project/meaning-of.ts';
import type { Project } from '../../read/project/project.ts';
import { type Span, touches } from '../../read/text/span.ts';
import {
  type Destination,
  destinationOf,
  type Place,
  type ProjectFiles,
  placeOfDestination,
} from './destination.ts';

/** The target of the token at an offset. */
export interface Lead {
  /** The token. */
  readonly origin: Span;
  readonly destination: Destination;
}

/**
 * Returns where the token at `offset` leads: a dependency of a manifest to its locked entry for this member, an edge of
 * a lockfile to the entry it resolves to, an importer to its manifest, `catalog:` to the catalog entry. Lockfile and
 * catalog entries lead to themselves, which makes editors show their references.
 */
export function leadAt(project: Project, file: CheckedFile, offset: number): Lead | undefined {
  switch (file.kind) {
    case 'manifest':
      return inManifest(project, file, offset);
    case 'lockfile':
      return inLockfile(project, file, offset);
    default:
      return inCatalog(project, file, offset);
  }
}

export function definition(lead: Lead, files: ProjectFiles): Place {
  return placeOfDestination(lead.destination, files);
}

function inManifest(project: Project, manifest: Manifest, offset: number): Lead | undefined {
  const dependency = dependencyAt(manifest, offset);
  if (dependency === undefined) {
    const { name, uri } = manifest;
    if (name === undefined || !touches(name.span, offset) || !project.members.has(uri)) {
      return inCatalog(project, manifest, offset);
    }
    return { origin: name.span, destination: { type: 'member', uri } };
  }
  const { catalog } = meaningOf(project, manifest.uri, dependency);
  const line = catalog === undefined ? undefined : catalogPlaceOf(project, catalog);
  if (line !== undefined && touches(dependency.valueSpan, offset)) {
    return { origin: dependency.valueSpan, destination: { type: 'catalog', line } };
  }
  const { lockfile } = project;
  const entry = lockedEntry(project, manifest.uri, dependency);
  if (lockfile === undefined || entry === undefined) return undefined;
  const { nameSpan, valueSpan, span } = dependency;
  const origin = [nameSpan, valueSpan].find((token) => touches(token, offset)) ?? span;
  return { origin, destination: destinationOf(project, lockfile, entry) };
}

/** Makes a catalog entry lead to itself. */
function inCatalog(project: Project, { uri }: CheckedFile, offset: number): Lead | undefined {
  const line = catalogPlaceAt(project, uri, offset);
  return line === undefined ? undefined : { origin: line.token, destination: { type: 'catalog', line } };
}

function inLockfile(project: Project, lockfile: Lockfile, offset: number): Lead | undefined {
  const place = lockPlaceAt(lockfile, offset);
  if (place === undefined) return undefined;
  const entry = place.type === 'edge' ? followEdge(project, lockfile, place.from, place.edge) : place.entry;
  if (entry === undefined) return undefined;
  return { origin: place.token, destination: destinationOf(project, lockfile, entry) };
}
