import type { LockEntry } from '../model/lockfile.ts';
import { type EntryDetails, NO_DETAILS } from './entry-details.ts';
import type { EntryHash } from './entry-hash.ts';
import { hashList } from './hash-list.ts';
import { type InstalledSource, plainSource } from './installed-source.ts';

/**
 * What an entry of a lockfile installs, in one form for every format: two records that are alike install the same. Where
 * its texts stand, `source.text`, the hashes' spans and the entry's own say. Each part is made when first asked for.
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

  /** Where its files come from. */
  get source(): InstalledSource {
    return this.details.source;
  }

  /** Every hash, of all algorithms, in the order of the text. */
  get hashes(): readonly EntryHash[] {
    this.#hashes ??= [...hashList(this.entry), ...this.details.moreHashes];
    return this.#hashes;
  }

  /** What else the entry says of its installation. */
  get details(): EntryDetails {
    this.#details ??= this.entry.details ?? {
      ...NO_DETAILS,
      source: plainSource(this.entry.source, this.entry.resolved?.value ?? '', this.entry.resolved),
    };
    return this.#details;
  }
}

const records = new WeakMap<LockEntry, LockRecord>();

/** Returns the record of an entry: the same one each time, made when first asked for. */
export function recordOf(entry: LockEntry): LockRecord {
  let record = records.get(entry);
  if (record === undefined) {
    record = new LockRecord(entry);
    records.set(entry, record);
  }
  return record;
}
