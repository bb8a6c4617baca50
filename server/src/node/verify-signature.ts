import type { KeyObject } from 'node:crypto';
import type { RegistryKey } from '../core/know/registry/documents/keys-kind.ts';
import { crypto } from './builtin-on-demand.ts';

const ECDSA = 'ecdsa-sha2-nistp256';

/** Verifies ECDSA on P-256 with SHA-256, the only scheme that registries use; undefined for other keys. */
export function verifySignature(key: RegistryKey, text: string, signature: string): boolean | undefined {
  if (key.scheme !== undefined && key.scheme !== ECDSA) return undefined;
  const publicKey = readKey(key.key);
  return publicKey === undefined
    ? undefined
    : crypto().verify('sha256', Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
}

/** Returns a registry's public key; undefined for an unknown kind. */
export function readKey(text: string): KeyObject | undefined {
  try {
    const key = crypto().createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    const isKnown = key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    return key.asymmetricKeyType === 'ec' && isKnown ? key : undefined;
  } catch {
    return undefined;
  }
}
