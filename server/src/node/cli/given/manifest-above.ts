import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Returns the nearest package.json, no higher than the repository. */
export async function manifestAbove(directory: string, repository: string): Promise<string | undefined> {
  for (let at = directory; ; at = dirname(at)) {
    const file = join(at, 'package.json');
    if ((await stat(file).catch(() => undefined))?.isFile() === true) return file;
    if (at === repository || at === dirname(at)) return undefined;
  }
}
