import type { Uri } from '../../core/read/text/paths/uri.ts';
import { readRecord, recordText } from '../../core/show/watch/read-record.ts';
import type { WatchRecord } from '../../core/show/watch/watch-record.ts';
import type { CachePort } from '../ports.ts';

/** Who looks: what one has told, another one has still to tell. */
export type Watcher = 'editor' | 'command';

/** What was known of each project at the last look. */
export interface WatchRecords {
  /** Undefined where nobody looked before, or what was written cannot be read any more. */
  read(root: Uri): Promise<WatchRecord | undefined>;
  /** Answers whether it will be known when the program runs again. */
  write(root: Uri, record: WatchRecord): Promise<boolean>;
}

/** Records in the user's cache; in memory too, so that a disk that is full tells nothing twice while the program runs. */
export function createWatchRecords(cache: CachePort | undefined, watcher: Watcher): WatchRecords {
  const known = new Map<Uri, WatchRecord>();
  const keyOf = (root: Uri) => `watch ${watcher} ${root}`;
  const stored = async (root: Uri) => {
    const found = await cache?.read(keyOf(root)).catch(() => undefined);
    return found === undefined ? undefined : readRecord(found.text);
  };
  return {
    async read(root) {
      const own = known.get(root);
      const found = await stored(root);
      // Another window may have looked since.
      return own !== undefined && own.takenAt >= (found?.takenAt ?? 0) ? own : found;
    },
    async write(root, record) {
      known.set(root, record);
      const text = recordText(record);
      await cache?.write(keyOf(root), { text, asOf: record.takenAt }).catch(() => undefined);
      return (await stored(root))?.takenAt === record.takenAt;
    },
  };
}
