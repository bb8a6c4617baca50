/**
 * The layout of an index. All numbers of the header are little-endian; server/docs/advisories.md describes it.
 *
 *     header     magic, version, length, checksum, date, counts, offsets
 *     buckets    of each bucket where its entries begin, and where the last of them ends
 *     entries    of each package: a byte of its hash, how long the rest is, its name, and its reports, each after its length
 *     withdrawn  ids of records that were taken back
 */
export const MAGIC = 'dephyadv';
/** Goes up whenever an older program would read something else than was written. */
export const FORMAT = 2;

/** Where the numbers of the header are. */
export const HEADER = {
  format: 8,
  length: 12,
  checksum: 16,
  /** A double: milliseconds since 1970, or no number. */
  asOf: 20,
  records: 28,
  packages: 32,
  bucketBits: 36,
  withdrawn: 40,
  /** A double: until when it has all that its sources published, in milliseconds since 1970, or no number. */
  completeTo: 44,
  size: 52,
} as const;

/** The checksum is over all that follows it. */
export const SUMMED_FROM = HEADER.asOf;
/** So many entries share a bucket, on average. */
export const ENTRIES_OF_BUCKET = 4;
export const MAX_BUCKET_BITS = 24;
