import { hostAndPort, parseWebAddress } from '../text/web-address.ts';

/** Whether `url` lies at or below `base`, which may lack its scheme (`//host/path`): same host, and all of its path. */
export function isAtOrBelow(base: string, url: string): boolean {
  const own = parseWebAddress(base.startsWith('//') ? `https:${base}` : base);
  const asked = parseWebAddress(url);
  if (own === undefined || asked === undefined || hostAndPort(own) !== hostAndPort(asked)) return false;
  const path = pathOf(asked.rest);
  return path.startsWith(pathOf(own.rest)) && !GOES_UP.test(path);
}

/** A part of a path that a request leaves out together with the one before it (WHATWG URL). */
const GOES_UP = /[\\/](?:\.|%2e){2}(?:[\\/]|$)/i;

function pathOf(rest: string): string {
  const path = rest.split(/[?#]/, 1)[0]!;
  return path.endsWith('/') ? path : `${path}/`;
}
