import { base64ToBytes, bytesToBase64, utf8Bytes } from '../../text/base64.ts';
import { hostAndPort, parseWebAddress } from '../../text/web-address.ts';
import type { Credential } from './npm-config.ts';

/**
 * The credential that the settings hold for an address: from `//host[:port]/path/` the last segment and then the slash
 * are dropped in turn until only the host is left, and the first step that has one decides. Of one step, `_authToken`
 * wins over `_auth`, and that over `username` with `_password`. Nothing of another host is ever found.
 */
export function findCredential(
  url: string,
  setting: (key: string) => string | undefined,
): Credential | undefined {
  for (const key of credentialKeys(url)) {
    const credential = credentialAt(key, setting);
    if (credential !== undefined) return credential;
  }
  return undefined;
}

/** What stands before the colon of settings for an address, the nearest first: none for one that is not http(s). */
export function* credentialKeys(url: string): Generator<string> {
  const address = parseWebAddress(url);
  if (address === undefined || (address.scheme !== 'https' && address.scheme !== 'http')) return;
  const path = address.rest.split(/[?#]/, 1)[0]!;
  const host = `//${hostAndPort(address)}`;
  let key = host + (path === '' ? '/' : path);
  while (key.length >= host.length) {
    yield key;
    key = key.endsWith('/') ? key.slice(0, -1) : key.slice(0, key.lastIndexOf('/') + 1);
  }
}

function credentialAt(key: string, setting: (key: string) => string | undefined): Credential | undefined {
  const token = setting(`${key}:_authToken`);
  if (isSet(token)) return { type: 'bearer', token };
  const encoded = setting(`${key}:_auth`);
  if (isSet(encoded)) return { type: 'basic', encoded };
  const username = setting(`${key}:username`);
  const password = setting(`${key}:_password`);
  if (!isSet(username) || !isSet(password)) return undefined;
  return {
    type: 'basic',
    encoded: bytesToBase64([...utf8Bytes(`${username}:`), ...base64ToBytes(password)]),
  };
}

/** A value that still has its `${VAR}` is no credential; sending it would only tell the variable's name. */
function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !value.includes('${');
}
