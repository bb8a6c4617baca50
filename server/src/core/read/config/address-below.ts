import { canonicalUrl } from '../text/paths/canonical-url.ts';

/**
 * Tells whether `url`, as a client requests it, lies at or below `base`, which may lack its scheme (`//host/path`): the
 * same host and port, and all of its path.
 */
export function isAtOrBelow(base: string, url: string): boolean {
  const own = canonicalUrl(base.startsWith('//') ? `https:${base}` : base);
  const asked = canonicalUrl(url);
  if (own === undefined || asked === undefined || own.host !== asked.host || own.port !== asked.port)
    return false;
  return withSlash(asked.path).startsWith(withSlash(own.path));
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
