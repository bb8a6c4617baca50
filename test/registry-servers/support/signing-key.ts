import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A registry's signing key. */
export interface SigningKey {
  readonly keyid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** The entry in `/-/npm/v1/keys`. */
  readonly listed: {
    readonly expires: string | null;
    readonly keyid: string;
    readonly keytype: string;
    readonly scheme: string;
    readonly key: string;
  };
}

/** Creates a new ECDSA key on P-256; `expires` is a time, or null. */
export function makeSigningKey(expires: string | null = null): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = publicKey.export({ format: 'der', type: 'spki' });
  const keyid = `SHA256:${createHash('sha256').update(der).digest('base64').replace(/=+$/, '')}`;
  const kind = 'ecdsa-sha2-nistp256';
  return {
    keyid,
    publicKey,
    privateKey,
    listed: { expires, keyid, keytype: kind, scheme: kind, key: der.toString('base64') },
  };
}

/** Returns a registry's signature of a version: over its name, its version and the hash of its tarball. */
export function signVersion(
  key: SigningKey,
  name: string,
  version: string,
  integrity: string,
): { readonly keyid: string; readonly sig: string } {
  const signed = Buffer.from(`${name}@${version}:${integrity}`);
  return { keyid: key.keyid, sig: sign('sha256', signed, key.privateKey).toString('base64') };
}
