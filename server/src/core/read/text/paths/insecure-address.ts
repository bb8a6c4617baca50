import type { Span } from '../span.ts';
import { parseWebUrl, type WebUrl } from './web-url.ts';

/** Schemes without server authentication, and their equivalents with TLS. */
const SECURE: ReadonlyMap<string, string> = new Map([
  ['http', 'https'],
  ['git', 'git+https'],
  ['git+http', 'git+https'],
]);

/** Returns the URL if its scheme is unencrypted. */
export function insecureAddress(text: string): WebUrl | undefined {
  // Nearly every text is a version or an https URL.
  if (!text.includes(':') || text.startsWith('https:')) return undefined;
  const address = parseWebUrl(text.trim());
  return address !== undefined && SECURE.has(address.scheme) ? address : undefined;
}

/** Returns the replacement of an insecure scheme. */
export function secureScheme(scheme: string): string {
  return SECURE.get(scheme) ?? scheme;
}

/** Returns the span of the scheme inside a token that may have quotes; undefined if it is written differently. */
export function schemeSpan(text: string, token: Span, { scheme }: WebUrl): Span | undefined {
  const raw = text.slice(token.start, token.end);
  const before = /^["']?\s*/.exec(raw)![0].length;
  // A URL inside another text is written in its encoding.
  const written = raw.slice(before, before + scheme.length + '%3a'.length).toLowerCase();
  if (!written.startsWith(`${scheme}:`) && written !== `${scheme}%3a`) return undefined;
  const start = token.start + before;
  return { start, end: start + scheme.length };
}
