import { isLoopback, parseWebAddress } from '../../core/read/text/paths/web-address.ts';

/**
 * Where a redirect leads, or undefined where it is not followed: away from https (plain http may stay what it is), to
 * an address with credentials in it, and from elsewhere to this machine, whose services are nobody else's to call.
 */
export function redirectTarget(from: URL, location: string): URL | undefined {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target === undefined || target.username !== '' || target.password !== '') return undefined;
  const secure = target.protocol === 'https:' || (target.protocol === 'http:' && from.protocol === 'http:');
  if (!secure || (isLocal(target) && !isLocal(from))) return undefined;
  return target;
}

function isLocal(url: URL): boolean {
  const address = parseWebAddress(url.href);
  return address !== undefined && isLoopback(address);
}
