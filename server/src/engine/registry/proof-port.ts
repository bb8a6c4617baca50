import type { BundleResult } from '../../core/know/proof/bundle-result.ts';
import type { VerifySignature } from '../../core/know/proof/judge-signatures.ts';
import type { JsonObject } from '../../core/know/registry/documents/json-value.ts';
import type { RegistryKey } from '../../core/know/registry/documents/keys-kind.ts';

/** Verifies signatures, which needs cryptography that only a platform has. Never rejects. */
export interface ProofPort {
  readonly verifySignature: VerifySignature;
  verifyBundle(bundle: JsonObject, options: BundleOptions): Promise<BundleResult>;
  /**
   * Returns a registry's keys as distributed by Sigstore, and when they were confirmed; no name is sent. Undefined if
   * Sigstore has none or cannot be reached, or if the user trusts another root.
   */
  registryKeys(registryUrl: string): Promise<ConfirmedKeys | undefined>;
  /** Hashes a stream of bytes with each of these algorithms, named as in `integrity`. */
  hasher(algorithms: readonly string[]): Hasher;
}

export interface ConfirmedKeys {
  readonly keys: readonly RegistryKey[];
  /** In milliseconds since 1970. */
  readonly asOf: number;
}

export interface Hasher {
  update(chunk: Uint8Array): void;
  /** Returns the digests in hexadecimal, by algorithm. No data may follow. */
  digests(): ReadonlyMap<string, string>;
}

export interface BundleOptions {
  /** The registry's keys, for what it signed itself. */
  readonly keys: readonly RegistryKey[];
  /** Whether Sigstore's trust root may be fetched; no name is sent. */
  readonly online: boolean;
}
