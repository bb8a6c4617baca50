/** Lengths of hashes in base64, as in `integrity`. */
const DIGEST_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['sha1', 28],
  ['sha256', 44],
  ['sha384', 64],
  ['sha512', 88],
]);

/** Checks whether a value such as `sha512-…` is shorter than its hash, as at the end of a truncated text. */
export function isCutHash(integrity: string): boolean {
  const [algorithm = '', digest = ''] = integrity.split('-');
  return digest.length < (DIGEST_LENGTHS.get(algorithm) ?? Number.POSITIVE_INFINITY);
}
