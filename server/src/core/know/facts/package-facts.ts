import type { AttestationVerdict } from '../proof/judge-attestation.ts';
import type { SignatureVerdict } from '../proof/judge-signatures.ts';
import type { Downloads } from '../registry/documents/downloads-kind.ts';
import { type Fact, PENDING } from '../registry/documents/fact.ts';
import type { Packument } from '../registry/documents/packument.ts';

/** What registries know of one package and one of its versions. Each of it is known or not for itself. */
export interface PackageFacts {
  readonly packument: Fact<Packument>;
  readonly downloads: Fact<Downloads>;
  /** Of the version; undefined where the registry says nothing of its file. */
  readonly signature: Fact<SignatureVerdict> | undefined;
  /** Of the version; undefined where the packument lists none. */
  readonly provenance: Fact<readonly AttestationVerdict[]> | undefined;
}

/** What is known before anybody is asked. */
export const NOTHING_KNOWN: PackageFacts = {
  packument: PENDING,
  downloads: PENDING,
  signature: undefined,
  provenance: undefined,
};
