import { parseWebAddress } from '../text/web-address.ts';

/** npm's own limit for the length of a name. */
const MAX_NAME = 214;

/**
 * The address of a package's document: the registry's, then the name with its slash encoded. Undefined for a name
 * that no registry can serve and for an address that is no http(s) one, so that nothing odd is ever requested.
 * A `user:password@` in the registry's address is left out: credentials travel in a header or not at all.
 */
export function packumentUrl(registryUrl: string, name: string): string | undefined {
  const base = registryBase(registryUrl);
  const path = encodedName(name);
  return base === undefined || path === undefined ? undefined : base + path;
}

/** The registry's address as requests and cache keys spell it: no credentials, a slash at the end. */
export function registryBase(registryUrl: string): string | undefined {
  const address = parseWebAddress(registryUrl);
  if (address === undefined || (address.scheme !== 'https' && address.scheme !== 'http')) return undefined;
  const path = address.rest.split(/[?#]/, 1)[0]!;
  const port = address.port === undefined || address.port === '' ? '' : `:${address.port}`;
  return `${address.scheme}://${address.host}${port}${path.endsWith('/') ? path : `${path}/`}`;
}

function encodedName(name: string): string | undefined {
  if (name.length > MAX_NAME) return undefined;
  const scoped = name.startsWith('@');
  const parts = scoped ? name.slice(1).split('/') : [name];
  if (parts.length !== (scoped ? 2 : 1) || !parts.every(isNamePart)) return undefined;
  return scoped ? `@${parts.join('%2f')}` : parts[0];
}

/** Characters that stand in an address as they are; names with others exist in no registry. */
function isNamePart(part: string): boolean {
  return /^[A-Za-z0-9_~!'()*-][A-Za-z0-9._~!'()*-]*$/.test(part);
}
