import { nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import type { ReadResult } from '../ports.ts';
import type { FileStore } from './file-store.ts';
import { isExcludedPath } from './folder-walk.ts';
import { mayBelong, type ProjectSearch } from './project-search.ts';

/** The result of reading files again. */
export interface Changes {
  /** Files of which more than the content changed. */
  readonly structure: ReadonlySet<Uri>;
  /** Whether the content of any did. */
  readonly content: boolean;
}

export interface ChangedFiles {
  readonly store: FileStore;
  readonly search: Pick<ProjectSearch, 'discoveryOf' | 'isFollowed'>;
  /** See `structureOf`. */
  structureNow(uri: Uri): string;
  /** Whether an edit of the file was waiting to be saved; it no longer is. */
  endsEdit(uri: Uri): boolean;
}

/** Files that are never read: only their existence matters. */
const UNREAD_FILES: ReadonlySet<string> = new Set(['bun.lockb']);

/** Reads files that changed on the disk; new ones only where they may belong to a project that is loaded. */
export async function readAgain(
  uris: ReadonlySet<Uri>,
  { store, search, structureNow, endsEdit }: ChangedFiles,
): Promise<Changes> {
  const structure = new Set<Uri>();
  let content = false;
  for (const uri of uris) {
    const name = nameOf(uri);
    const before = store.peek(uri);
    const structureBefore = structureNow(uri);
    store.forget(uri);
    if (before === undefined) {
      const isOurs = mayBelong(uri) || UNREAD_FILES.has(name);
      if (!isOurs || !search.isFollowed(uri) || (await isExcludedPath(uri, search.discoveryOf(uri))))
        continue;
    }
    if (UNREAD_FILES.has(name)) structure.add(uri);
    else if (!isSameRead(before, await store.loadChanged(uri))) content = true;
    if (structureNow(uri) !== structureBefore || endsEdit(uri)) structure.add(uri);
  }
  return { structure, content };
}

function isSameRead(before: ReadResult | undefined, after: ReadResult): boolean {
  if (before?.type === 'text' && after.type === 'text') return before.text === after.text;
  return (before?.type ?? 'missing') === after.type;
}
