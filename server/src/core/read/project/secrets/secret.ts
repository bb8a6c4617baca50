import type { Span } from '../../text/span.ts';

/**
 * token: for a registry; auth: user and password in base64; password; key: a private key; url: in a URL; text: an npm
 * token in any other text.
 */
export type SecretKind = 'token' | 'auth' | 'password' | 'key' | 'url' | 'text';

/** A secret in a file. Its value is nowhere but in the text of the file. */
export interface Secret {
  /** The value, including its quotes; `user:password` of a URL. */
  readonly span: Span;
  readonly kind: SecretKind;
  /** The setting that holds it, as written. */
  readonly setting: string | undefined;
  /** False for a value with the shape of npm's tokens whose checksum is wrong. */
  readonly isValid: boolean;
  /** The number of other places in the file with the same one, which are not listed. */
  readonly more: number;
}
