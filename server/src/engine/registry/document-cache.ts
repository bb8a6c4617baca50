import type { DocumentKind } from '../../core/know/registry/documents/document-kind.ts';
import type { CachePort } from '../ports.ts';
import { type DocumentEntry, FROM_DISK } from './document-entries.ts';
import type { DocumentPlace } from './document-request.ts';
import { answerFromRecord, answerToRecord, type KnownAnswer } from './registry-answer.ts';

/** The documents of one kind in the cache on the disk. */
export interface DocumentCache<T> {
  /** Loads what the cache has, fresh or not, once for each entry. Never rejects. */
  load(entry: DocumentEntry<T>, place: DocumentPlace): Promise<void>;
  /** Takes an answer as known and writes it; one that confirms `before` is not written again. */
  store(entry: DocumentEntry<T>, known: KnownAnswer<T>, before: KnownAnswer<T> | undefined): void;
}

export function createDocumentCache<T>(
  kind: DocumentKind<T>,
  cache: CachePort | undefined,
): DocumentCache<T> {
  return {
    load(entry, place) {
      if (entry.known !== undefined || entry.isLoaded || cache === undefined) return Promise.resolve();
      entry.loading ??= cache
        .read(entry.key)
        .then((record) => {
          const known = record === undefined ? undefined : answerFromRecord(record, kind, place);
          if (known === undefined || entry.known !== undefined) return;
          entry.known = known;
          entry.credential = known.authenticated ? FROM_DISK : '';
        })
        .catch(() => undefined)
        .finally(() => {
          entry.loading = undefined;
          entry.isLoaded = true;
        });
      return entry.loading;
    },
    store(entry, known, before) {
      entry.known = known;
      const { value } = known;
      if (cache === undefined || value === undefined) return;
      const isConfirmed =
        before?.value === value && before.etag === known.etag && before.freshMs === known.freshMs;
      const written = isConfirmed
        ? cache.confirm(entry.key, known.asOf)
        : cache.write(entry.key, answerToRecord({ ...known, value }, kind));
      written.catch(() => undefined);
    },
  };
}
