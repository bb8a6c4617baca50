import { type Bundle, bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import {
  type TrustMaterial,
  toSignedEntity,
  toTrustMaterial,
  VerificationError,
  Verifier,
} from '@sigstore/verify';
import type { BundleResult } from '../../core/know/proof/bundle-result.ts';
import type { JsonObject } from '../../core/know/registry/documents/json-value.ts';
import type { BundleOptions } from '../../engine/registry/proof-port.ts';
import { readKey } from '../verify-signature.ts';
import { signingCertificate } from './signing-certificate.ts';
import type { TrustRoot } from './trust-root.ts';
import { NoTrustRoot } from './tuf-targets.ts';

/**
 * Verifies a bundle as npm does: its signature; that the key is the registry's, or that the certificate was issued by
 * Sigstore's authority at the time and is in its certificate log; and that the transparency log contains it.
 */
export async function verifyBundle(
  json: JsonObject,
  { keys, online }: BundleOptions,
  trustRoot: TrustRoot,
): Promise<BundleResult> {
  const bundle = readBundle(json);
  if (bundle === undefined) {
    if (isLaterKind(json)) return unknown('not-provided', NOT_KNOWN);
    return { type: 'invalid', detail: 'it is no bundle of Sigstore' };
  }
  const hint = keyHint(bundle);
  if (hint !== undefined && !keys.some(({ keyid, key }) => keyid === hint && readKey(key) !== undefined)) {
    return unknown('not-provided', "it is signed with a key that is not among the registry's");
  }
  const root = await trustRoot.load(online).catch((error: unknown) => error as Error);
  if (root instanceof Error) return notTrusted(root);
  const trust = trustMaterial(root, keys);
  if (trust === undefined) return unknown('failed', 'the trusted root holds no keys that can be read');
  try {
    const signer = new Verifier(trust).verify(toSignedEntity(bundle));
    return {
      type: 'verified',
      certificate: hint === undefined ? signingCertificate(signer.identity) : undefined,
    };
  } catch (error) {
    // A bundle that crashes the library proves nothing.
    if (!(error instanceof VerificationError)) return { type: 'invalid', detail: 'it cannot be verified' };
    if (error.code === 'NOT_IMPLEMENTED_ERROR') return unknown('not-provided', NOT_KNOWN);
    return { type: 'invalid', detail: reasonOf(error) };
  }
}

function readBundle(json: JsonObject): Bundle | undefined {
  try {
    return bundleFromJSON(structuredClone(json));
  } catch {
    return undefined;
  }
}

const NOT_KNOWN = 'it is of a kind that is not known here';
const KNOWN_KINDS: ReadonlySet<string> = new Set([
  'application/vnd.dev.sigstore.bundle+json;version=0.1',
  'application/vnd.dev.sigstore.bundle+json;version=0.2',
  'application/vnd.dev.sigstore.bundle+json;version=0.3',
  'application/vnd.dev.sigstore.bundle.v0.3+json',
]);

/** Checks for a kind that is newer than this program, which is not the package's fault. */
function isLaterKind(json: JsonObject): boolean {
  const type = json.mediaType;
  return (
    typeof type === 'string' &&
    /^application\/vnd\.dev\.sigstore\.bundle[.+]/.test(type) &&
    !KNOWN_KINDS.has(type)
  );
}

/** Returns undefined if the trust root is invalid. */
function trustMaterial(root: unknown, keys: BundleOptions['keys']): TrustMaterial | undefined {
  try {
    const trust = toTrustMaterial(TrustedRoot.fromJSON(root), Object.fromEntries(keys.map(publicKey)));
    return trust.certificateAuthorities.length > 0 && trust.tlogs.length > 0 ? trust : undefined;
  } catch {
    return undefined;
  }
}

function notTrusted(error: Error): BundleResult {
  if (!(error instanceof NoTrustRoot)) return unknown('failed', "Sigstore's keys cannot be read");
  return unknown(error.reason, error.message);
}

function unknown(reason: NoTrustRoot['reason'] | 'not-provided', detail: string): BundleResult {
  return { type: 'unknown', why: { reason, detail } };
}

function keyHint({ verificationMaterial: { content } }: Bundle): string | undefined {
  return content.$case === 'publicKey' ? content.publicKey.hint : undefined;
}

/** Returns a key as the verifier looks it up. An expired one is valid for earlier log entries. */
function publicKey({ keyid, key, expires }: BundleOptions['keys'][number]) {
  const validFor = { start: new Date(0), end: expires === undefined ? undefined : new Date(expires) };
  return [keyid, { rawBytes: Buffer.from(key, 'base64'), keyDetails: 0, validFor }] as const;
}

function reasonOf({ code }: VerificationError): string {
  switch (code) {
    case 'CERTIFICATE_ERROR':
      return "its certificate was not issued by Sigstore's authority";
    case 'TLOG_ERROR':
    case 'TLOG_BODY_ERROR':
    case 'TLOG_INCLUSION_PROOF_ERROR':
    case 'TLOG_INCLUSION_PROMISE_ERROR':
    case 'TLOG_MISSING_INCLUSION_ERROR':
      return 'the transparency log does not have it';
    case 'TIMESTAMP_ERROR':
      return 'nothing proves when it was signed';
    case 'PUBLIC_KEY_ERROR':
      return 'its key had expired when it was signed';
    default:
      return 'its signature does not verify';
  }
}
