import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Returns the nearest existing folder at or above, as a file's folder may have been deleted with it. */
export async function existingFolder(directory: string): Promise<string> {
  for (let at = directory; ; at = dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found?.isDirectory() === true || at === dirname(at)) return at;
  }
}

/** Returns the nearest folder at or above with a repository, or else the folder itself. */
export async function repositoryOf(directory: string): Promise<string> {
  for (let at = directory; ; at = dirname(at)) {
    if (await isRepository(at)) return at;
    if (at === dirname(at)) return directory;
  }
}

export async function hasRepository(directory: string): Promise<boolean> {
  return isRepository(await repositoryOf(directory));
}

export async function isRepository(directory: string): Promise<boolean> {
  return (await stat(join(directory, '.git')).catch(() => undefined)) !== undefined;
}
