import { registryBase } from '../access/packument-url.ts';
import { DAY, type DocumentKind, KILOBYTE, wholeReader } from './document-kind.ts';
import { asObject, asText, member } from './json-value.ts';
import { MAX_LONG, MAX_SHORT } from './narrow-parts.ts';
import { readTime } from './narrow-times.ts';

/** A public key that a registry signs with. */
export interface RegistryKey {
  readonly keyid: string;
  readonly keytype: string | undefined;
  readonly scheme: string | undefined;
  /** SPKI in DER, as Base64. */
  readonly key: string;
  /** In milliseconds since 1970; undefined if it does not expire. */
  readonly expires: number | undefined;
}

/**
 * All keys of a registry, and their source: the registry itself, or the repository in which Sigstore keeps them for it.
 */
export interface RegistryKeys {
  readonly from: 'registry' | 'sigstore';
  readonly keys: readonly RegistryKey[];
}

export const MAX_KEYS = 100;

/** The keys of a registry. One without keys does not sign, so that a missing signature means nothing. */
export const KEYS: DocumentKind<RegistryKeys> = {
  id: 'keys',
  accept: 'application/json',
  maxBytes: 256 * KILOBYTE,
  fresh: { floor: DAY, ceiling: DAY },
  absent: [400, 404],
  url(registryUrl) {
    const base = registryBase(registryUrl);
    return base && `${base}-/npm/v1/keys`;
  },
  reader: () =>
    wholeReader((json) => {
      const keys = keysOf(json);
      return keys === undefined
        ? { problem: 'the registry answered with an invalid list of keys' }
        : { value: { from: 'registry', keys } };
    }),
  toRecord: ({ from, keys }) => ({
    from,
    keys: keys.map(({ expires, ...key }) => ({
      ...key,
      expires: expires === undefined ? null : new Date(expires).toISOString(),
    })),
  }),
  fromRecord(record) {
    const keys = keysOf(record);
    const from = member(asObject(record), 'from') === 'sigstore' ? 'sigstore' : 'registry';
    return keys && { from, keys };
  },
};

/** Undefined also if one of them is unreadable: otherwise a good signature would seem to be by an unknown key. */
function keysOf(json: unknown): readonly RegistryKey[] | undefined {
  const list = member(asObject(json), 'keys');
  if (!Array.isArray(list) || list.length > MAX_KEYS) return undefined;
  const keys = (list as readonly unknown[]).map(keyOf);
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

function keyOf(value: unknown): RegistryKey | undefined {
  const object = asObject(value);
  const keyid = asText(member(object, 'keyid'), MAX_SHORT);
  const key = asText(member(object, 'key'), MAX_LONG);
  const given = member(object, 'expires') ?? undefined;
  const expires = readTime(given);
  if (keyid === undefined || key === undefined || (given !== undefined && expires === undefined))
    return undefined;
  return {
    keyid,
    keytype: asText(member(object, 'keytype'), MAX_SHORT),
    scheme: asText(member(object, 'scheme'), MAX_SHORT),
    key,
    expires,
  };
}
