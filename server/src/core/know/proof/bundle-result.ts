import type { Unavailable } from '../registry/documents/fact.ts';

/**
 * What a certificate of Sigstore's says about who signed: a workflow of a CI service, by the service's own word. Every
 * member is undefined where it says nothing of it.
 */
export interface SigningCertificate {
  /** The service that vouched: the address of its token issuer. */
  readonly issuer: string | undefined;
  /** Whom: the address of a workflow with its ref, or of a person. */
  readonly subject: string | undefined;
  /** The address of the repository that was built, and what names it for good, however it is renamed. */
  readonly repository: string | undefined;
  readonly repositoryId: string | undefined;
  /** `refs/heads/main`, and the commit it was at. */
  readonly ref: string | undefined;
  readonly commit: string | undefined;
}

/** What came of verifying a bundle: signature, certificate, its time and the transparency log's proof. */
export type BundleResult =
  | {
      readonly type: 'verified';
      /** Undefined where a key of the registry signed. */
      readonly certificate: SigningCertificate | undefined;
    }
  /** The detail is a clause without text of the bundle's. */
  | { readonly type: 'invalid'; readonly detail: string }
  /** What it would have to be compared with is not known. */
  | { readonly type: 'unknown'; readonly why: Unavailable };
