import { isLoopback, parseWebUrl } from '../../core/read/text/paths/web-url.ts';

/**
 * Returns the target of a redirect, or undefined if it is not followed: from https to http (http may stay http), to a
 * URL with credentials, and from elsewhere to this machine, whose services must not be reachable for others.
 */
export function redirectTarget(from: URL, location: string): URL | undefined {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target === undefined || target.username !== '' || target.password !== '') return undefined;
  const secure = target.protocol === 'https:' || (target.protocol === 'http:' && from.protocol === 'http:');
  if (!secure || (isLocal(target) && !isLocal(from))) return undefined;
  return target;
}

function isLocal(url: URL): boolean {
  const address = parseWebUrl(url.href);
  return address !== undefined && isLoopback(address);
}
