import type { Attestation } from '../registry/documents/attestations-kind.ts';
import type { Unavailable } from '../registry/documents/fact.ts';
import type { BundleResult, SigningCertificate } from './bundle-result.ts';
import { readStatement, type Statement } from './read-statement.ts';
import { isSameRepository } from './source-repository.ts';

/** The version that an attestation has to match. */
export interface AttestedVersion {
  readonly name: string;
  readonly version: string;
  /** SHA-512 of its tarball in hexadecimal, from the registry. */
  readonly sha512: string;
}

/** Where a version was built, according to verified provenance. */
export interface BuildSource extends SigningCertificate {
  readonly repository: string;
}

/** The verdict on one attestation. */
export type AttestationVerdict =
  | {
      readonly result: 'verified';
      readonly predicateType: string;
      /** For provenance, from the certificate that it was signed with. */
      readonly source: BuildSource | undefined;
    }
  /** The detail is a clause: "it is about another package". */
  | { readonly result: 'invalid'; readonly predicateType: string; readonly detail: string }
  | { readonly result: 'unknown'; readonly predicateType: string; readonly why: Unavailable };

const PROVENANCE = 'https://slsa.dev/provenance/';
export const PUBLISH = 'https://github.com/npm/attestation/tree/main/specs/publish/';

/**
 * Checks one attestation of a version by the statement in its bundle and the verification of the bundle. A signed
 * statement is not enough: its subject has to be exactly this version's file, and provenance has to name the repository
 * whose workflow signed it.
 */
export function judgeAttestation(
  version: AttestedVersion,
  { predicateType, bundle }: Attestation,
  verified: BundleResult,
): AttestationVerdict {
  const statement = readStatement(bundle);
  const fault =
    statement === undefined ? 'it holds no statement' : faultOf(statement, version, predicateType);
  if (fault !== undefined) return { result: 'invalid', predicateType, detail: fault };
  switch (verified.type) {
    case 'unknown':
      return { result: 'unknown', predicateType, why: verified.why };
    case 'invalid':
      return { result: 'invalid', predicateType, detail: verified.detail };
    case 'verified':
      return judgeSigner(predicateType, statement!, verified.certificate);
  }
}

function faultOf(
  { subjects, predicateType }: Statement,
  { name, version, sha512 }: AttestedVersion,
  listedAs: string,
): string | undefined {
  if (predicateType !== listedAs) return 'it contradicts the registry';
  const [subject] = subjects;
  if (subject === undefined || subjects.length > 1) return 'it does not cover exactly one file';
  if (subject.name !== `pkg:npm/${name.replace('@', '%40')}@${version}`)
    return 'it covers another package or version';
  return subject.sha512 === sha512 ? undefined : "it covers another file than the registry's";
}

function judgeSigner(
  predicateType: string,
  statement: Statement,
  certificate: SigningCertificate | undefined,
): AttestationVerdict {
  if (predicateType.startsWith(PUBLISH) && certificate !== undefined) {
    // Anybody can get a certificate.
    return { result: 'invalid', predicateType, detail: 'it is not signed by the registry' };
  }
  if (!predicateType.startsWith(PROVENANCE)) return { result: 'verified', predicateType, source: undefined };
  const repository = certificate?.repository;
  if (certificate === undefined || repository === undefined) {
    const detail = 'its signer is not a CI workflow';
    return { result: 'unknown', predicateType, why: { reason: 'not-provided', detail } };
  }
  if (statement.repository !== undefined && isSameRepository(statement.repository, repository) === false) {
    const detail = 'it names another repository than the one whose workflow signed it';
    return { result: 'invalid', predicateType, detail };
  }
  return { result: 'verified', predicateType, source: { ...certificate, repository } };
}
