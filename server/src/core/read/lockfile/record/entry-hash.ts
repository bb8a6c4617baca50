import type { Span } from '../../text/span.ts';

/** One hash of an entry. */
export interface EntryHash {
  /**
   * `sha512` and the like, of the tarball; `zip 10c0/` of the zip that Yarn makes with that key of its cache, which is the
   * file's where the checksum has none, and `zip ` without either; `unknown` for a text that is no hash that anyone checks.
   */
  readonly algorithm: string;
  /** In lower-case hexadecimal; of an unknown one, or one that is no whole base64, the text. */
  readonly digest: string;
  /** As written, with its algorithm. */
  readonly text: string;
  /** That of the whole value that it stands in. */
  readonly span: Span;
}
