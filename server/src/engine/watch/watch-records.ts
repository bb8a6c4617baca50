import type { Uri } from '../../core/read/text/paths/uri.ts';
import { readRecord, recordText } from '../../core/show/watch/read-record.ts';
import type { WatchRecord } from '../../core/show/watch/watch-record.ts';
import type { CachePort } from '../ports.ts';

/** The observer: events that one has reported are still new to another. */
export type Watcher = 'editor' | 'command';

/** The state of each project at the last look. */
export interface WatchRecords {
  /** Returns undefined if there is none yet, or the record cannot be read any more. */
  read(root: Uri): Promise<WatchRecord | undefined>;
  /** Returns whether the record will survive a restart. */
  write(root: Uri, record: WatchRecord): Promise<boolean>;
}

/**
 * Keeps records in the user's cache, and in memory too, so that a full disk does not cause repeated reports while the
 * process runs.
 */
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
      // Another window may have written since.
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
