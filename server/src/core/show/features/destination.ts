import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { CatalogPlace } from '../../read/project/catalog-place.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { memberAt } from '../../read/project/members/members.ts';
import type { Project } from '../../read/project/project.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { type Span, START } from '../../read/text/span.ts';

/** The files of a project that rules check, by URI. */
export type ProjectFiles = ReadonlyMap<Uri, CheckedFile>;

/** A place to go to: `span` is the whole of it, `selection` what the cursor is put on. */
export interface Place {
  readonly uri: Uri;
  readonly span: Span;
  readonly selection: Span;
}

/**
 * Where a dependency leads: to an entry of the lockfile, to the manifest of a member of the workspace, or to the line of a
 * catalog that says what it means.
 */
export type Destination =
  | { readonly type: 'entry'; readonly lockfile: Lockfile; readonly entry: LockEntry }
  | { readonly type: 'member'; readonly uri: Uri }
  | { readonly type: 'catalog'; readonly line: CatalogPlace };

/** What an entry of a lockfile stands for: importers and links to members lead to the manifest of the member. */
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

/** The entry's key, or the name in the member's manifest. */
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

/** The folder of the member that the entry is or links, relative to the root; undefined for everything else. */
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
