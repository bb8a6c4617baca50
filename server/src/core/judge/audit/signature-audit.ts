import type { AttestationVerdict } from '../../know/proof/judge-attestation.ts';
import type { SignatureVerdict } from '../../know/proof/judge-signatures.ts';
import type { TarballResult } from '../../know/proof/tarball-result.ts';
import type { ServingRegistry } from '../../know/registry/access/serving-registry.ts';
import type { Unavailable } from '../../know/registry/documents/fact.ts';
import type { VersionProof } from '../../know/registry/documents/packument.ts';
import { compareHashes, hashesOf, registryHashes } from '../../read/lockfile/model/entry-hashes.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { CoverageGap } from '../check/coverage.ts';

/** The results for one version of a package. */
export interface CheckedVersion {
  readonly name: string;
  readonly version: string;
  readonly registry: { readonly url: string; readonly kind: ServingRegistry['kind'] };
  /** The URL of the file in the registry. */
  readonly resolved: string | undefined;
  readonly proof: VersionProof | undefined;
  /** none: the registry has no keys, so it does not sign. */
  readonly signature: SignatureVerdict | 'none' | Unavailable;
  /** none: the version has no attestations. */
  readonly attestations: readonly AttestationVerdict[] | 'none' | Unavailable;
  /** Undefined if it was not to be downloaded. */
  readonly tarball: TarballResult | undefined;
}

/** A locked package without a signature although its registry signs; in npm's terms. */
export interface MissingSignature {
  readonly integrity: string | undefined;
  readonly location: string;
  readonly name: string;
  readonly registry: string;
  readonly resolved: string | undefined;
  readonly version: string;
}

/** A locked package with a signature or attestation that does not verify; in npm's terms. */
export interface InvalidSignature extends MissingSignature {
  readonly code:
    | 'EINTEGRITYSIGNATURE'
    | 'EMISSINGSIGNATUREKEY'
    | 'EEXPIREDSIGNATUREKEY'
    | 'EATTESTATIONVERIFY'
    | 'EINTEGRITY';
  readonly message: string;
  readonly keyid: string | undefined;
  readonly signature: string | undefined;
  readonly predicateType: string | undefined;
  readonly type: 'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies';
}

/** The results for all locked packages. */
export interface SignatureAudit {
  readonly invalid: readonly InvalidSignature[];
  readonly missing: readonly MissingSignature[];
  /** Packages from registries that sign. */
  readonly audited: number;
  /** Packages with a signature that verifies. */
  readonly verified: number;
  /** Packages with attestations that verify. */
  readonly attested: number;
  /** Packages from registries that do not sign. */
  readonly unsigned: number;
  /** Downloaded files that match the registry and the lockfile. */
  readonly tarballs: number;
  readonly gaps: readonly CoverageGap[];
}

/** The problems of one locked package, and the checks skipped for it. */
export interface JudgedEntry {
  readonly invalid: readonly InvalidSignature[];
  readonly missing: MissingSignature | undefined;
  readonly isSigning: boolean;
  readonly isVerified: boolean;
  readonly isAttested: boolean;
  readonly isSameFile: boolean;
  readonly unknown: readonly (Unavailable & { readonly what: 'signature' | 'attestations' | 'file' })[];
}

/** Judges one locked package by the results for its version. */
export function judgeEntry(entry: LockEntry, checked: CheckedVersion): JudgedEntry {
  const { name, version, registry, resolved, proof, signature, attestations, tarball } = checked;
  const shared = { location: entry.key, name, registry: registry.url, resolved, version };
  const base = { integrity: proof?.integrity, ...shared };
  const invalid: InvalidSignature[] = [];
  const unknown: JudgedEntry['unknown'][number][] = [];
  const add = (found: Pick<InvalidSignature, 'code' | 'message'> & Partial<InvalidSignature>) => {
    const rest = { keyid: undefined, signature: undefined, predicateType: undefined };
    invalid.push({ ...base, ...rest, type: sectionOf(entry), ...found });
  };
  const verdict = typeof signature === 'object' && 'type' in signature ? signature : undefined;
  if (typeof signature === 'object' && 'reason' in signature)
    unknown.push({ ...signature, what: 'signature' });
  if (verdict !== undefined) {
    const fault = signatureFault(checked, verdict);
    if (fault !== undefined && 'reason' in fault) unknown.push({ ...fault, what: 'signature' });
    else if (fault !== undefined) {
      const sig = proof?.signatures?.find(({ keyid }) => keyid === verdict.keyid)?.sig;
      add({ ...fault, keyid: verdict.keyid, signature: sig });
    }
  }
  const wrong = Array.isArray(attestations)
    ? (attestations as readonly AttestationVerdict[]).filter(({ result }) => result === 'invalid')
    : [];
  for (const each of wrong) {
    if (each.result !== 'invalid') continue;
    const message = `${name}@${version} failed to verify attestation: ${each.detail}`;
    add({ code: 'EATTESTATIONVERIFY', message, predicateType: each.predicateType });
  }
  const unsure = unsureAttestation(attestations);
  if (unsure !== undefined) unknown.push({ ...unsure, what: 'attestations' });
  const given = registryHashes(proof?.integrity, proof?.shasum);
  if (compareHashes(hashesOf(entry), given).result === 'other') {
    add({
      code: 'EINTEGRITY',
      message: `${name}@${version} is locked with another hash than its registry gives`,
    });
  }
  let isSameFile = false;
  if (tarball?.type === 'unknown') unknown.push({ ...tarball.why, what: 'file' });
  if (tarball?.type === 'hashed') {
    const file = new Map([...tarball.digests].map(([algorithm, digest]) => [algorithm, new Set([digest])]));
    const against = [compareHashes(given, file).result, compareHashes(hashesOf(entry), file).result];
    if (against.includes('other')) {
      const which = against[0] === 'other' ? 'its registry gives' : 'is locked';
      add({ code: 'EINTEGRITY', message: `the file of ${name}@${version} has another hash than ${which}` });
    } else if (against.includes('same')) isSameFile = true;
    else unknown.push({ ...NO_HASH, what: 'file' });
  }
  return {
    invalid,
    missing: verdict?.type === 'missing' ? base : undefined,
    isSigning: verdict !== undefined,
    isVerified: verdict?.type === 'verified',
    isAttested: Array.isArray(attestations) && wrong.length === 0 && unsure === undefined,
    isSameFile,
    unknown,
  };
}

const NO_HASH: Unavailable = {
  reason: 'not-provided',
  detail: 'neither the registry nor the lockfile has a hash that can be compared',
};

function signatureFault(
  { name, version, registry }: CheckedVersion,
  { type, keyid }: SignatureVerdict,
): Pick<InvalidSignature, 'code' | 'message'> | Unavailable | undefined {
  const what = `${name}@${version}`;
  switch (type) {
    case 'invalid':
      return {
        code: 'EINTEGRITYSIGNATURE',
        message: `${what} has an invalid registry signature with keyid: ${keyid}`,
      };
    case 'unknown-key':
      return {
        code: 'EMISSINGSIGNATUREKEY',
        message: `${what} has a registry signature with keyid: ${keyid} but no corresponding public key can be found`,
      };
    case 'expired-key':
      // A mirror may return the time at which it copied the version.
      if (registry.kind === 'mirror') {
        return {
          reason: 'not-provided',
          detail: 'its key has expired, and a mirror may not give the publication time',
        };
      }
      return {
        code: 'EEXPIREDSIGNATUREKEY',
        message: `${what} has a registry signature with keyid: ${keyid} but the corresponding public key has expired`,
      };
    case 'unreadable':
      return { reason: 'not-provided', detail: 'its type of key is not supported' };
    default:
      return undefined;
  }
}

function unsureAttestation(attestations: CheckedVersion['attestations']): Unavailable | undefined {
  if (attestations === 'none') return undefined;
  if ('reason' in attestations) return attestations;
  for (const verdict of attestations) if (verdict.result === 'unknown') return verdict.why;
  return undefined;
}

function sectionOf({ optional, peer, dev }: LockEntry): InvalidSignature['type'] {
  if (optional) return 'optionalDependencies';
  if (peer) return 'peerDependencies';
  return dev ? 'devDependencies' : 'dependencies';
}
