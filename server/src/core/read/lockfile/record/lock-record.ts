import type { LockEntry } from '../model/lockfile.ts';
import { type EntryDetails, NO_DETAILS } from './entry-details.ts';
import type { EntryHash } from './entry-hash.ts';
import { hashList } from './hash-list.ts';
import { type InstalledSource, plainSource } from './installed-source.ts';

/**
 * What an entry of a lockfile installs, in one form for every format: equal records install the same. The positions of
 * its texts are in `source.text`, the spans of the hashes and the entry itself. Each part is created on first use.
 */
export class LockRecord {
  readonly entry: LockEntry;
  #details: EntryDetails | undefined;
  #hashes: readonly EntryHash[] | undefined;

  constructor(entry: LockEntry) {
    this.entry = entry;
  }

  /** The folder in node_modules: the name under which it is imported. */
  get folder(): string {
    return this.entry.alias ?? this.entry.name;
  }

  get source(): InstalledSource {
    return this.details.source;
  }

  /** Every hash, of all algorithms, in source order. */
  get hashes(): readonly EntryHash[] {
    this.#hashes ??= [...hashList(this.entry), ...this.details.moreHashes];
    return this.#hashes;
  }

  /** Further details of its installation. */
  get details(): EntryDetails {
    this.#details ??= this.entry.details ?? {
      ...NO_DETAILS,
      source: plainSource(this.entry.source, this.entry.resolved?.value ?? '', this.entry.resolved),
    };
    return this.#details;
  }
}

const records = new WeakMap<LockEntry, LockRecord>();

/** Returns the record of an entry: created on first use, and the same one each time. */
export function recordOf(entry: LockEntry): LockRecord {
  let record = records.get(entry);
  if (record === undefined) {
    record = new LockRecord(entry);
    records.set(entry, record);
  }
  return record;
}
