import type { Unavailable } from '../registry/documents/fact.ts';

/**
 * What a certificate of Sigstore states about the signer: a workflow of a CI service, as asserted by that service. A
 * member that it does not state is undefined.
 */
export interface SigningCertificate {
  /** The URL of the token issuer of the asserting service. */
  readonly issuer: string | undefined;
  /** The identity: the URL of a workflow with its ref, or of a person. */
  readonly subject: string | undefined;
  /** The URL of the built repository, and its permanent id, which survives renames. */
  readonly repository: string | undefined;
  readonly repositoryId: string | undefined;
  /** `refs/heads/main`, and its commit. */
  readonly ref: string | undefined;
  readonly commit: string | undefined;
}

/** The result of verifying a bundle: signature, certificate, its time and the transparency log's proof. */
export type BundleResult =
  | {
      readonly type: 'verified';
      /** Undefined if a key of the registry signed. */
      readonly certificate: SigningCertificate | undefined;
    }
  /** The detail is a clause without text from the bundle. */
  | { readonly type: 'invalid'; readonly detail: string }
  /** The data to verify it against is unknown. */
  | { readonly type: 'unknown'; readonly why: Unavailable };
