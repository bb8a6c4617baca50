import type { Span } from '../span.ts';
import { parseWebAddress, type WebAddress } from './web-address.ts';

/** Schemes over which nobody proves who answers, and those that do the same with TLS. */
const SECURE: ReadonlyMap<string, string> = new Map([
  ['http', 'https'],
  ['git', 'git+https'],
  ['git+http', 'git+https'],
]);

/** The address, where its scheme is one without encryption. */
export function insecureAddress(text: string): WebAddress | undefined {
  // Nearly every text that is looked at is a version or an https address.
  if (!text.includes(':') || text.startsWith('https:')) return undefined;
  const address = parseWebAddress(text.trim());
  return address !== undefined && SECURE.has(address.scheme) ? address : undefined;
}

/** The scheme to write in place of an insecure one. */
export function secureScheme(scheme: string): string {
  return SECURE.get(scheme) ?? scheme;
}

/** The scheme's own characters inside a token that may have quotes; undefined where they are written otherwise. */
export function schemeSpan(text: string, token: Span, { scheme }: WebAddress): Span | undefined {
  const raw = text.slice(token.start, token.end);
  const before = /^["']?\s*/.exec(raw)![0].length;
  // An address inside of another text is written in its encoding.
  const written = raw.slice(before, before + scheme.length + '%3a'.length).toLowerCase();
  if (!written.startsWith(`${scheme}:`) && written !== `${scheme}%3a`) return undefined;
  const start = token.start + before;
  return { start, end: start + scheme.length };
}
