import { fileURLToPath } from 'node:url';
import { applyEdits } from '../../core/read/text/edit.ts';
import type { FileEdit } from '../../core/read/text/finding.ts';
import { groupBy } from '../../core/read/text/group-by.ts';
import { conflictBlocks } from '../../core/read/text/lines/conflict-markers.ts';
import { relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { reasonOf } from '../files/file-problem.ts';
import { checkWrite, writeInProject } from '../files/write-in-project.ts';
import { WrongUse } from './exit-code.ts';

export interface EditedFiles {
  /** The root of the project; nothing outside is written. */
  readonly root: Uri;
  readonly edits: readonly FileEdit[];
  readonly textOf: (uri: Uri) => string | undefined;
  /** Whether to check that all files can be written, without writing. */
  readonly isDryRun?: boolean;
}

/** Returns the files that edits change, relative to the root. */
export function editedPaths({ root, edits }: EditedFiles): readonly string[] {
  return [...new Set(edits.map(({ uri }) => relativeUri(root, uri)))].sort();
}

/**
 * Writes edits, each file as a whole or not at all. Throws `WrongUse` if a file may not be written, changed since it
 * was read or has conflict markers, and lists the files written before; on a dry run as well.
 */
export async function writeEdits({ root, edits, textOf, isDryRun = false }: EditedFiles): Promise<void> {
  const files = [...groupBy(edits, ({ uri }) => uri)].map(([uri, of]) => {
    const before = textOf(uri);
    return { uri, before, text: applyEdits(before ?? '', of) };
  });
  for (const { uri, before } of files) {
    if (before !== undefined && conflictBlocks(before).length > 0) {
      const path = relativeUri(root, uri);
      throw new WrongUse(`${path} has merge conflict markers, so nothing was written; resolve them first.`);
    }
  }
  const written: string[] = [];
  for (const { uri, before, text } of files) {
    const path = relativeUri(root, uri);
    const write = { folder: folderOf(root), path: fileURLToPath(uri), before, text };
    await (isDryRun ? checkWrite(write) : writeInProject(write)).catch((error: unknown) => {
      const reason = reasonOf(error);
      if (reason === undefined) throw error;
      const done = written.length === 0 ? 'nothing was written' : `only ${written.join(', ')} was written`;
      throw new WrongUse(`${path} ${reason}; ${done}.`);
    });
    if (!isDryRun) written.push(path);
  }
}

function folderOf(root: Uri): string {
  const path = fileURLToPath(root);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
