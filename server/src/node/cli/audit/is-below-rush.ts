import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Checks whether a folder or one above it has rush.json, which is not read. */
export async function isBelowRush(directory: string): Promise<boolean> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const isThere = await access(join(folder, 'rush.json')).then(
      () => true,
      () => false,
    );
    if (isThere) return true;
    if (folder === dirname(folder)) return false;
  }
}
