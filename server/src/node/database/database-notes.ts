import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asCount, asObject, asText, member } from '../../core/know/registry/documents/json-value.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import { replaceFile } from '../files/replace-file.ts';

/** What is known of the local database beside its contents. */
export interface DatabaseNotes {
  /** The address or the path that it was made from; without credentials. */
  readonly from: string;
  /** By which the server of an address knows what it sent. */
  readonly etag: string | undefined;
  /** When it was made, and when its source last said that there is nothing newer. In milliseconds since 1970. */
  readonly updatedAt: number;
  readonly checkedAt: number;
}

const MAX_TEXT = 4_000;
export const MAX_FILE = 64 * 1024;

/** Undefined where there are none, or none that can be read. */
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
