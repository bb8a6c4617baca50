import type { Span } from '../../text/span.ts';

/** One hash of an entry. */
export interface EntryHash {
  /**
   * `sha512` and the like, of the tarball; `zip 10c0/` of the zip that Yarn makes with that cache key, which is the
   * file's if the checksum has none, and `zip ` without either; `unknown` for a text that is not a hash that anyone
   * checks.
   */
  readonly algorithm: string;
  /** In lower-case hexadecimal; for an unknown hash, or invalid base64, the text. */
  readonly digest: string;
  /** As written, with its algorithm. */
  readonly text: string;
  /** The span of the whole value that contains it. */
  readonly span: Span;
}
