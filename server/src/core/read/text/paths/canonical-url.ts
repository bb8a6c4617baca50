import { remember } from '../remember.ts';

/** The platform's URL of the WHATWG standard: pure, and the one that undici and the package managers themselves use. */
declare const URL: new (
  text: string,
) => {
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
};

/** An http(s) URL as a client requests it. Texts that a client treats as equal have the same `href`. */
export interface CanonicalUrl {
  readonly scheme: 'https' | 'http';
  /** Punycode, lower-case, without a trailing dot; an IP address in its normal form. */
  readonly host: string;
  /** Empty for the default of the scheme. */
  readonly port: string;
  /** Begins with a slash, has no dot segments, and escapes only characters that must be, in upper-case hexadecimal. */
  readonly path: string;
  /** With its `?`; empty for none. */
  readonly query: string;
  /** With its `#`; empty for none. It is never sent. */
  readonly fragment: string;
  /** Whether a user or password precedes the host. They are not part of `href`. */
  readonly hasUserinfo: boolean;
  /** `scheme://host[:port]/path[?query]`, for comparing. */
  readonly href: string;
  /** `//host[:port]/path` according to the WHATWG standard alone, by which npm looks up credentials. */
  readonly credentialKey: string;
}

/**
 * Returns the URL as a client requests it (WHATWG URL, as undici and the package managers read it): surrounding
 * whitespace, tabs and line breaks dropped, backslashes turned into slashes, host in IDNA, default port dropped, dot
 * segments resolved. Beyond that standard, escapes of unreserved characters are decoded (RFC 3986, 6.2.2.2) and a dot
 * at the end of the host is dropped (one root, RFC 1034), because servers do not distinguish them. Undefined for text
 * that is not an http(s) URL.
 */
export function canonicalUrl(text: string): CanonicalUrl | undefined {
  return remembered(text) || undefined;
}

/** The same few registries are looked up repeatedly. */
const remembered = remember<CanonicalUrl | false>(1000, (text) => read(text) ?? false);

function read(text: string): CanonicalUrl | undefined {
  if (!/^[\0-\x20]*h[\t\n\r]*t[\t\n\r]*t[\t\n\r]*p/i.test(text)) return undefined;
  let url: InstanceType<typeof URL>;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  const { protocol, port, search, hash } = url;
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const host = url.hostname.replace(/\.$/, '');
  if (host === '') return undefined;
  const path = decodeUnreserved(url.pathname);
  const query = search === '?' ? '' : decodeUnreserved(search);
  return {
    scheme,
    host,
    port,
    path,
    query,
    fragment: hash === '#' ? '' : hash,
    hasUserinfo: url.username !== '' || url.password !== '',
    credentialKey: `//${url.host}${url.pathname}`,
    href: `${scheme}://${host}${port === '' ? '' : `:${port}`}${path}${query}`,
  };
}

/**
 * Checks, without parsing, whether the text is a URL written as it is requested, as nearly all are. A fragment and
 * credentials are not part of the request and are ignored.
 */
export function isWrittenCanonically(text: string): boolean {
  if (PLAIN.test(text) && !DOTS.test(text)) return true;
  const canonical = canonicalUrl(text);
  if (canonical === undefined) return false;
  const hash = text.indexOf('#');
  const request = (hash === -1 ? text : text.slice(0, hash)).replace(/^(https?:\/\/)[^/?#\\]*@/, '$1');
  // A bare host has the root as its path.
  return request === canonical.href || `${request}/` === canonical.href;
}

/**
 * Lower-case host of letters whose last label is not a number, optionally a port, and a path without anything to
 * escape.
 */
const PLAIN =
  /^https?:\/\/(?![^/]*xn--)(?:[a-z\d_-]+\.)*[a-z_-][a-z\d_-]*(?::(?!443\/|80\/|0)\d{1,5})?\/[\w~@+.!$&'()*,;=:/-]*(?:#.*)?$/;
/** A dot segment. */
const DOTS = /\/\.{1,2}(?:[/#]|$)/;

const UNRESERVED = /[\w.~-]/;

/** Decodes escapes that are equivalent to their character; the others get upper-case digits. */
function decodeUnreserved(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%[\da-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return UNRESERVED.test(character) ? character : code.toUpperCase();
  });
}

/** Returns a path or URL with a slash at its end. */
export function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
