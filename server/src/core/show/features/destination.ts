import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { CatalogPlace } from '../../read/project/catalog-place.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { memberAt } from '../../read/project/members/members.ts';
import type { Project } from '../../read/project/project.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { type Span, START } from '../../read/text/span.ts';

/** The files of a project that rules check, by URI. */
export type ProjectFiles = ReadonlyMap<Uri, CheckedFile>;

/** A place to navigate to: `span` is all of it, `selection` where the cursor goes. */
export interface Place {
  readonly uri: Uri;
  readonly span: Span;
  readonly selection: Span;
}

/**
 * The target of a dependency: an entry of the lockfile, the manifest of a workspace member, or the catalog entry that
 * defines it.
 */
export type Destination =
  | { readonly type: 'entry'; readonly lockfile: Lockfile; readonly entry: LockEntry }
  | { readonly type: 'member'; readonly uri: Uri }
  | { readonly type: 'catalog'; readonly line: CatalogPlace };

/** Returns what a lockfile entry represents: importers and links to members lead to the member's manifest. */
export function destinationOf(project: Project, lockfile: Lockfile, entry: LockEntry): Destination {
  const path = memberPath(lockfile, entry);
  const uri = path === undefined ? undefined : memberAt(project.members, path)?.uri;
  return uri === undefined ? { type: 'entry', lockfile, entry } : { type: 'member', uri };
}

export function isSameDestination(a: Destination, b: Destination): boolean {
  switch (a.type) {
    case 'member':
      return b.type === 'member' && a.uri === b.uri;
    case 'catalog':
      return b.type === 'catalog' && a.line.entry === b.line.entry;
    case 'entry':
      return b.type === 'entry' && a.lockfile === b.lockfile && a.entry === b.entry;
  }
}

/** Returns the entry's key, or the name in the member's manifest. */
export function placeOfDestination(destination: Destination, files: ProjectFiles): Place {
  if (destination.type === 'entry') {
    const { lockfile, entry } = destination;
    return { uri: lockfile.uri, span: entry.span, selection: entry.keySpan };
  }
  if (destination.type === 'catalog') {
    const { uri, keySpan, valueSpan } = destination.line.place;
    return { uri, span: { start: keySpan.start, end: valueSpan.end }, selection: keySpan };
  }
  const { uri } = destination;
  const file = files.get(uri);
  const manifest = file?.kind === 'manifest' ? file : undefined;
  const selection = manifest?.name?.span ?? START;
  return { uri, span: selection, selection };
}

/** Returns the folder of the member that the entry is or links to, relative to the root; undefined for others. */
function memberPath({ importers }: Lockfile, entry: LockEntry): string | undefined {
  if (entry.source !== 'workspace' && entry.source !== 'link' && entry.source !== 'root') return undefined;
  const path = pathsOf(importers).get(entry);
  return path ?? entry.resolved?.value.replace(/^workspace:/, '');
}

type Importers = Lockfile['importers'];

const paths = new WeakMap<Importers, ReadonlyMap<LockEntry, string>>();

function pathsOf(importers: Importers): ReadonlyMap<LockEntry, string> {
  let known = paths.get(importers);
  if (known === undefined) {
    known = new Map([...importers].map(([path, importer]) => [importer, path]));
    paths.set(importers, known);
  }
  return known;
}
