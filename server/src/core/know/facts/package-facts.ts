import type { AttestationVerdict } from '../proof/judge-attestation.ts';
import type { SignatureVerdict } from '../proof/judge-signatures.ts';
import type { Downloads } from '../registry/documents/downloads-kind.ts';
import { type Fact, PENDING } from '../registry/documents/fact.ts';
import type { Packument } from '../registry/documents/packument.ts';

/** What registries know of one package and one of its versions. Each fact may be known or not. */
export interface PackageFacts {
  readonly packument: Fact<Packument>;
  readonly downloads: Fact<Downloads>;
  /** For the version; undefined if the registry provides nothing on its file. */
  readonly signature: Fact<SignatureVerdict> | undefined;
  /** For the version; undefined if the packument lists none. */
  readonly provenance: Fact<readonly AttestationVerdict[]> | undefined;
}

/** The facts before any request. */
export const NOTHING_KNOWN: PackageFacts = {
  packument: PENDING,
  downloads: PENDING,
  signature: undefined,
  provenance: undefined,
};
