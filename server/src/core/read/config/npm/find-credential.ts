import { decodeBase64, encodeBase64, utf8Characters } from '../../text/encoding.ts';
import { canonicalUrl } from '../../text/paths/canonical-url.ts';
import type { FoundCredential, Setting } from './npm-config.ts';

type LookUp = (key: string) => Setting | undefined;

/**
 * Returns the credential configured for a URL, like `getAuth` of npm-registry-fetch but without its fallback to the
 * registry of the package. From `//host[:port]/path/`, the last segment and then the slash are dropped in turn until
 * only the host is left; the first step with a credential or a client certificate decides. Within a step, `_authToken`
 * wins over `_auth`, and that over `username` with `_password`.
 */
export function findCredential(url: string, setting: LookUp): FoundCredential | undefined {
  const key = decidingKey(url, setting);
  return key === undefined ? undefined : credentialAt(key, setting);
}

/** Returns the client certificate of the deciding step, or undefined. */
export function findClientCertificate(
  url: string,
  setting: LookUp,
): { readonly certfile: Setting; readonly keyfile: Setting } | undefined {
  const key = decidingKey(url, setting);
  return key === undefined ? undefined : certificateAt(key, setting);
}

/**
 * Yields the prefixes of settings for a URL as requested, nearest first: `//host/a/b`, `//host/a/`, `//host/a`,
 * `//host/`, `//host`. Yields nothing for anything but an http(s) URL.
 */
export function* credentialKeys(url: string): Generator<string> {
  let key = canonicalUrl(url)?.credentialKey ?? '';
  while (key.length > '//'.length) {
    yield key;
    key = key.endsWith('/') ? key.slice(0, -1) : key.slice(0, key.lastIndexOf('/') + 1);
  }
}

/**
 * Checks whether npm treats a value as a credential. npm reads the words for nothing as empty, and an unset variable is
 * no secret.
 */
export function isCredentialValue(value: string | undefined): value is string {
  return value !== undefined && !NOTHING.has(value) && !value.includes('${');
}

const NOTHING: ReadonlySet<string> = new Set(['', 'null', 'undefined', 'false']);

function decidingKey(url: string, setting: LookUp): string | undefined {
  for (const key of credentialKeys(url)) {
    if (credentialAt(key, setting) !== undefined || certificateAt(key, setting) !== undefined) return key;
  }
  return undefined;
}

function credentialAt(key: string, setting: LookUp): FoundCredential | undefined {
  const token = given(setting(`${key}:_authToken`));
  if (token !== undefined) return found({ type: 'bearer', token: token.value }, [token]);
  const encoded = given(setting(`${key}:_auth`));
  if (encoded !== undefined) return found({ type: 'basic', encoded: encoded.value }, [encoded]);
  const username = given(setting(`${key}:username`));
  const password = given(setting(`${key}:_password`));
  if (username === undefined || password === undefined) return undefined;
  const bytes = utf8Characters(`${username.value}:`) + decodeBase64(password.value);
  return found({ type: 'basic', encoded: encodeBase64(bytes) }, [username, password]);
}

function certificateAt(key: string, setting: LookUp) {
  const [certfile, keyfile] = [given(setting(`${key}:certfile`)), given(setting(`${key}:keyfile`))];
  return certfile === undefined || keyfile === undefined ? undefined : { certfile, keyfile };
}

function given(setting: Setting | undefined): Setting | undefined {
  return isCredentialValue(setting?.value) ? setting : undefined;
}

function found(credential: FoundCredential['credential'], settings: readonly Setting[]): FoundCredential {
  const isOfProject = ({ source }: Setting) => source.type === 'file' && source.level === 'project';
  const hasVariable = ({ entry, value }: Setting) => entry !== undefined && entry.value.trim() !== value;
  return {
    credential,
    ofProject: settings.some(isOfProject),
    ofUser: settings.some((setting) => !isOfProject(setting) || hasVariable(setting)),
  };
}
