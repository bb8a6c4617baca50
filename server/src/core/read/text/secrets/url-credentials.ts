import type { Span } from '../span.ts';

/** A user name in a URL, with or without a password. */
export interface UrlCredentials {
  /** `user:password`, without the `@` behind it. */
  readonly span: Span;
  readonly user: string;
  readonly password: string | undefined;
  /** With its port. */
  readonly host: string;
}

/**
 * The schemes of registries, proxies and repositories. The last `@` before the path ends the credentials, as browsers and
 * package managers read it. Database URLs and the like are not about packages.
 */
const WITH_USER = /(?:git\+)?(?:https?|ssh):\/{1,3}([^\s/?#"'<>\\]+)@([^\s/?#"'<>@\\]+)/gi;

/** The characters at which the part before an `@` ends, as in `WITH_USER`. */
const END_OF_USER = /[\s/?#"'<>\\]/;

/**
 * Checks for an `@` that ends a name behind a slash: lockfiles have thousands of URLs and scopes, and the pattern takes
 * several times as long.
 */
function mayHaveUser(text: string): boolean {
  let last = -1;
  let isBehindSlash = false;
  for (let at = text.indexOf('@'); at !== -1; last = at, at = text.indexOf('@', at + 1)) {
    let start = at - 1;
    while (start > last && !END_OF_USER.test(text[start]!)) start--;
    // Without an end since the last `@`, that one is part of the name as well.
    if (start > last) isBehindSlash = text[start] === '/';
    if (isBehindSlash && (start === last || start < at - 1)) return true;
  }
  return false;
}

/** Returns the URLs with credentials in a text, in text order. */
export function* findUrlCredentials(text: string): Generator<UrlCredentials> {
  if (!mayHaveUser(text)) return;
  for (const match of text.matchAll(WITH_USER)) {
    const [whole, userinfo = '', host = ''] = match;
    const start = match.index + whole.length - host.length - 1 - userinfo.length;
    const colon = userinfo.indexOf(':');
    yield {
      span: { start, end: start + userinfo.length },
      user: colon === -1 ? userinfo : userinfo.slice(0, colon),
      password: colon === -1 ? undefined : userinfo.slice(colon + 1),
      host,
    };
  }
}
