import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asCount, asObject, asText, member } from '../../core/know/registry/documents/json-value.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import { replaceFile } from '../files/replace-file.ts';

/** Metadata of the local database. */
export interface DatabaseNotes {
  /** The URL or path that it was built from, without credentials. */
  readonly from: string;
  /** The entity tag by which the server identifies what it sent. */
  readonly etag: string | undefined;
  /** When it was built, and when its source last confirmed that there is nothing newer. In milliseconds since 1970. */
  readonly updatedAt: number;
  readonly checkedAt: number;
}

const MAX_TEXT = 4_000;
export const MAX_FILE = 64 * 1024;

/** Returns undefined if there are none, or they cannot be read. */
export async function readNotes(path: string): Promise<DatabaseNotes | undefined> {
  const object = asObject(parseJson(await readBoundedText(path, { maxBytes: MAX_FILE }).catch(() => '')));
  const from = asText(member(object, 'from'), MAX_TEXT);
  const updatedAt = asCount(member(object, 'updatedAt'));
  if (from === undefined || updatedAt === undefined) return undefined;
  const checkedAt = asCount(member(object, 'checkedAt')) ?? updatedAt;
  return { from, etag: asText(member(object, 'etag'), MAX_TEXT), updatedAt, checkedAt };
}

export async function writeNotes(path: string, notes: DatabaseNotes): Promise<void> {
  await replaceFile(path, `${JSON.stringify(notes)}\n`, { mode: 0o600 });
}
