import { parseWebUrl } from '../../../read/text/paths/web-url.ts';

/** npm's own limit for the length of a name. */
const MAX_NAME = 214;

/**
 * Returns the URL of a package's document: the registry's, then the name with its slash encoded. Undefined for a name
 * that no registry can serve and for anything but an http(s) URL, so that nothing unexpected is ever requested. A
 * `user:password@` in the registry's URL is dropped: credentials travel in a header or not at all.
 */
export function packumentUrl(registryUrl: string, name: string): string | undefined {
  const base = registryBase(registryUrl);
  const path = encodedName(name);
  return base === undefined || path === undefined ? undefined : base + path;
}

/** Returns the URL of one version's document; undefined for an invalid version. */
export function versionUrl(registryUrl: string, name: string, version: string): string | undefined {
  const url = packumentUrl(registryUrl, name);
  return url === undefined || !isVersion(version) ? undefined : `${url}/${encodedVersion(version)}`;
}

/** Returns the URL of a package's dist-tags alone. */
export function distTagsUrl(registryUrl: string, name: string): string | undefined {
  const url = packumentUrl(`${registryBase(registryUrl) ?? ''}-/package/`, name);
  return url && `${url}/dist-tags`;
}

/** Returns the URL of a version's attestations. */
export function attestationsUrl(registryUrl: string, name: string, version: string): string | undefined {
  const url = packumentUrl(`${registryBase(registryUrl) ?? ''}-/npm/v1/attestations/`, name);
  return url === undefined || !isVersion(version) ? undefined : `${url}@${encodedVersion(version)}`;
}

/** Returns the registry's URL in the spelling of requests and cache keys: no credentials, a trailing slash. */
export function registryBase(registryUrl: string): string | undefined {
  const address = parseWebUrl(registryUrl);
  if (address === undefined || (address.scheme !== 'https' && address.scheme !== 'http')) return undefined;
  const path = address.rest.split(/[?#]/, 1)[0]!;
  const port = address.port === undefined || address.port === '' ? '' : `:${address.port}`;
  return `${address.scheme}://${address.host}${port}${path.endsWith('/') ? path : `${path}/`}`;
}

/** Encodes a name for a URL; undefined for one that no registry can serve. */
export function encodedName(name: string, slash = '%2f'): string | undefined {
  if (name.length > MAX_NAME) return undefined;
  const scoped = name.startsWith('@');
  const parts = scoped ? name.slice(1).split('/') : [name];
  if (parts.length !== (scoped ? 2 : 1) || !parts.every(isNamePart)) return undefined;
  return scoped ? `@${parts.join(slash)}` : parts[0];
}

/** Checks for characters that need no encoding in a URL; names with others exist in no registry. */
function isNamePart(part: string): boolean {
  return /^[A-Za-z0-9_~!'()*-][A-Za-z0-9._~!'()*-]*$/.test(part);
}

function isVersion(version: string): boolean {
  return /^\d[0-9A-Za-z.+-]{0,255}$/.test(version);
}

function encodedVersion(version: string): string {
  return version.replaceAll('+', '%2B');
}
