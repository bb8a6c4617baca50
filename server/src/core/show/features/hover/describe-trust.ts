import type { PackageFacts } from '../../../know/facts/package-facts.ts';
import type { AttestationVerdict } from '../../../know/proof/judge-attestation.ts';
import type { SignatureVerdict } from '../../../know/proof/judge-signatures.ts';
import { describeRepository } from '../../../know/proof/source-repository.ts';
import type { Fact } from '../../../know/registry/documents/fact.ts';
import type { PackumentVersion } from '../../../know/registry/documents/packument.ts';

/**
 * Describes what vouches for a version, as far as it is known: the registry's signature, and its provenance with what
 * that proves. Undefined if nothing is known, or the registry provides neither.
 */
export function describeTrust(
  { attestations, isSigned }: PackumentVersion,
  { signature, provenance }: PackageFacts,
): string | undefined {
  const words = [
    isSigned === undefined ? undefined : describeSignature(signature),
    attestations === undefined
      ? isSigned === true
        ? 'no provenance'
        : undefined
      : describeProvenance(provenance),
  ].filter((part) => part !== undefined);
  return words.length === 0 ? undefined : words.join(' · ');
}

function describeSignature(signature: Fact<SignatureVerdict> | undefined): string | undefined {
  if (signature?.state === 'absent') return 'this registry signs nothing';
  return signature?.state === 'ready' ? VERDICTS[signature.value.type] : undefined;
}

const VERDICTS: Readonly<Record<SignatureVerdict['type'], string>> = {
  verified: 'registry signature verified',
  invalid: 'registry signature invalid: the package differs from the signed one',
  'expired-key': 'signed with a key that had expired',
  'unknown-key': "signed with a key that is not among this registry's",
  missing: 'not signed, although this registry signs its packages',
  unreadable: 'signed with an unsupported type of key',
};

function describeProvenance(provenance: Fact<readonly AttestationVerdict[]> | undefined): string | undefined {
  if (provenance?.state === 'absent') return 'no provenance';
  return provenance?.state === 'ready' ? describeVerdict(provenance.value) : undefined;
}

/** Reports an invalid one before all others, and a verified one with what it proves and what it does not. */
function describeVerdict(verdicts: readonly AttestationVerdict[]): string {
  const invalid = verdicts.find((verdict) => verdict.result === 'invalid');
  if (invalid !== undefined) return `provenance invalid: ${invalid.detail}`;
  for (const verdict of verdicts) {
    if (verdict.result !== 'verified' || verdict.source === undefined) continue;
    const from = describeRepository(verdict.source.repository);
    return `provenance verified: built from ${from}, which proves the origin, not safety`;
  }
  const unknown = verdicts.find((verdict) => verdict.result === 'unknown');
  return unknown === undefined ? 'no provenance' : `provenance not verified: ${unknown.why.detail}`;
}
