import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Returns whether a folder or one above it has rush.json. Only looked for, never read. */
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
