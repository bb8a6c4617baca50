/**
 * The layout of an index. All numbers of the header are little-endian; server/docs/advisories.md describes it.
 *
 *     header     magic, version, length, checksum, date, counts, offsets
 *     buckets    for each bucket where its entries begin, and where the last of them ends
 *     entries    for each package: a hash byte, the length of the rest, its name, and its length-prefixed reports
 *     withdrawn  ids of withdrawn records
 */
export const MAGIC = 'dephyadv';
/** Incremented whenever an older program would misread the format. */
export const FORMAT = 2;

/** The offsets of the numbers in the header. */
export const HEADER = {
  format: 8,
  length: 12,
  checksum: 16,
  /** A double: milliseconds since 1970, or NaN. */
  asOf: 20,
  records: 28,
  packages: 32,
  bucketBits: 36,
  withdrawn: 40,
  /** A double: until when it is complete for its sources, in milliseconds since 1970, or NaN. */
  completeTo: 44,
  size: 52,
} as const;

/** The checksum covers everything from here on. */
export const SUMMED_FROM = HEADER.asOf;
/** The average number of entries in a bucket. */
export const ENTRIES_OF_BUCKET = 4;
export const MAX_BUCKET_BITS = 24;
