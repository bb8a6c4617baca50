import type { Uri } from '../text/paths/uri.ts';
import { type Span, touches } from '../text/span.ts';
import type { CatalogEntry, SourcePlace } from './catalogs/catalogs.ts';
import type { Project } from './project.ts';

/** A line of a catalog, in any file that can have catalogs: pnpm-workspace.yaml, .yarnrc.yml or a package.json. */
export interface CatalogPlace {
  readonly entry: CatalogEntry;
  readonly place: SourcePlace;
}

/** Returns the line of a catalog at an offset of a file, with its token there. */
export function catalogPlaceAt(
  project: Project,
  uri: Uri | undefined,
  offset: number,
): (CatalogPlace & { readonly token: Span }) | undefined {
  for (const { entry, place } of catalogPlacesIn(project, uri)) {
    const token = [place.keySpan, place.valueSpan].find((span) => touches(span, offset));
    if (token !== undefined) return { entry, place, token };
  }
  return undefined;
}

/** Returns the catalog lines in a file; none for anything but a file. */
export function catalogPlacesIn(
  { catalogs, catalogPlaces }: Project,
  uri: Uri | undefined,
): readonly CatalogPlace[] {
  const places: CatalogPlace[] = [];
  for (const [at, entry] of catalogs.entries.entries()) {
    const place = catalogPlaces[at];
    if (entry.uri === uri && place !== undefined) places.push({ entry, place });
  }
  return places;
}

export function catalogPlaceOf(project: Project, entry: CatalogEntry): CatalogPlace | undefined {
  const place = project.catalogPlaces[project.catalogs.entries.indexOf(entry)];
  return place === undefined ? undefined : { entry, place };
}
