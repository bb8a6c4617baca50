import type { BundleResult } from '../../core/know/proof/bundle-result.ts';
import type { VerifySignature } from '../../core/know/proof/judge-signatures.ts';
import type { JsonObject } from '../../core/know/registry/documents/json-value.ts';
import type { RegistryKey } from '../../core/know/registry/documents/keys-kind.ts';

/** Verifies signatures, which takes cryptography that only a platform has. Never rejects. */
export interface ProofPort {
  readonly verifySignature: VerifySignature;
  verifyBundle(bundle: JsonObject, options: BundleOptions): Promise<BundleResult>;
  /**
   * The keys of a registry as Sigstore hands them out, and when that was confirmed; no name is sent. Undefined where it
   * has none of it, where it cannot be asked, and where the user trusts another root instead.
   */
  registryKeys(registryUrl: string): Promise<ConfirmedKeys | undefined>;
  /** Hashes bytes that arrive in pieces, by each of these algorithms, named as in `integrity`. */
  hasher(algorithms: readonly string[]): Hasher;
}

export interface ConfirmedKeys {
  readonly keys: readonly RegistryKey[];
  /** In milliseconds since 1970. */
  readonly asOf: number;
}

export interface Hasher {
  update(chunk: Uint8Array): void;
  /** In hexadecimal, by algorithm. Nothing is added afterwards. */
  digests(): ReadonlyMap<string, string>;
}

export interface BundleOptions {
  /** Of the registry, for what it signed itself. */
  readonly keys: readonly RegistryKey[];
  /** Whether Sigstore may be asked for what it is trusted by; no name is sent. */
  readonly online: boolean;
}
