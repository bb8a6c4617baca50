import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBoundedText } from '../../files/read-bounded.ts';

const MAX_BYTES = 50 * 1024 * 1024;
const MOST_FILES = 10_000;

/**
 * Runs something that writes records to a new folder that only this user can read, and removes that afterwards. Returns
 * them in the order of their names, undefined for one that cannot be read, or for all of them: the program may have
 * removed them.
 */
export async function withRecords<T>(
  run: (folder: string) => Promise<T>,
): Promise<{ readonly ended: T; readonly texts: readonly (string | undefined)[] }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dephygiene-monitor-')));
  try {
    const ended = await run(folder);
    const items = await readdir(folder).catch(() => undefined);
    if (items === undefined) return { ended, texts: [undefined] };
    const names = items.filter((name) => name.endsWith('.jsonl')).sort();
    const texts: (string | undefined)[] = [];
    for (const name of names.slice(0, MOST_FILES))
      texts.push(await readRecord(join(folder, name)).catch(() => undefined));
    return { ended, texts: names.length > MOST_FILES ? [...texts, undefined] : texts };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function readRecord(path: string): Promise<string> {
  return readBoundedText(path, { maxBytes: MAX_BYTES, followsLinks: false });
}
