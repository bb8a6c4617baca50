import { canonicalUrl, withSlash } from '../text/paths/canonical-url.ts';

/**
 * Checks whether `url`, as a client requests it, is at or below `base`, which may lack its scheme (`//host/path`): same
 * host and port, and the whole path of `base` as a prefix.
 */
export function isAtOrBelow(base: string, url: string): boolean {
  const own = canonicalUrl(base.startsWith('//') ? `https:${base}` : base);
  const asked = canonicalUrl(url);
  if (own === undefined || asked === undefined || own.host !== asked.host || own.port !== asked.port)
    return false;
  return withSlash(asked.path).startsWith(withSlash(own.path));
}
