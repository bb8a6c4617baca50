import { parseWebUrl } from '../../../read/text/paths/web-url.ts';
import { asObject, asText, member } from '../documents/json-value.ts';
import { MAX_KEYS, type RegistryKey } from '../documents/keys-kind.ts';
import { MAX_LONG, MAX_SHORT } from '../documents/narrow-parts.ts';
import { readTime } from '../documents/narrow-times.ts';

/**
 * Returns the name under which Sigstore's repository keeps the keys of a registry, if it does: by its host and path.
 */
export function keysTarget(registryUrl: string): string | undefined {
  const address = parseWebUrl(registryUrl);
  if (address === undefined) return undefined;
  const { host, port, rest } = address;
  return `${host}${port === undefined ? '' : `:${port}`}${rest.replace(/\/$/, '')}/keys.json`;
}

/**
 * Reads the keys in such a file. Undefined also if one of them is unreadable: otherwise a good signature would seem to
 * be by an unknown key.
 */
export function readSigstoreKeys(json: unknown): readonly RegistryKey[] | undefined {
  const list = member(asObject(json), 'keys');
  if (!Array.isArray(list) || list.length > MAX_KEYS) return undefined;
  const keys = new Map<string, RegistryKey>();
  for (const item of list as readonly unknown[]) {
    const key = keyOf(item);
    if (key === undefined) return undefined;
    // Each is listed once for signatures and once for attestations.
    keys.set(`${key.keyid} ${key.key} ${key.expires}`, key);
  }
  return keys.size === 0 ? undefined : [...keys.values()];
}

const ECDSA_P256 = 'PKIX_ECDSA_P256_SHA_256';

function keyOf(value: unknown): RegistryKey | undefined {
  const object = asObject(value);
  const publicKey = asObject(member(object, 'publicKey'));
  const keyid = asText(member(object, 'keyId'), MAX_SHORT);
  const key = asText(member(publicKey, 'rawBytes'), MAX_LONG);
  const details = asText(member(publicKey, 'keyDetails'), MAX_SHORT);
  const given = member(asObject(member(publicKey, 'validFor')), 'end') ?? undefined;
  const expires = readTime(given);
  const isReadable = keyid !== undefined && key !== undefined && details !== undefined;
  if (!isReadable || (given !== undefined && expires === undefined)) return undefined;
  const scheme = details === ECDSA_P256 ? 'ecdsa-sha2-nistp256' : details;
  return { keyid, keytype: scheme, scheme, key, expires };
}
