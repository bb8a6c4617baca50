import { lockPlaceAt } from '../../read/lockfile/model/lock-place.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { hostAndPort, parseWebUrl } from '../../read/text/paths/web-url.ts';
import { maskSecrets } from '../../read/text/secrets/mask-secrets.ts';
import { insideQuotes, type Span } from '../../read/text/span.ts';
import { oneLine } from './markdown.ts';

export interface DocumentLink {
  readonly span: Span;
  /** The last name in the URL and the host it is requested from, whatever the entry claims: plain text. */
  readonly tooltip: string;
}

/** The maximum number of links; entries further down get none. */
export const MOST_LINKS = 5000;

/** Returns the URLs of a lockfile's entries that a browser can open, in text order. */
export function documentLinks(lockfile: Lockfile): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const entry of lockfile.entries) {
    const link = linkOf(lockfile, entry);
    if (link !== undefined) links.push(link);
    if (links.length === MOST_LINKS) break;
  }
  return links.sort((a, b) => a.span.start - b.span.start);
}

/** Returns the URL of the link that starts at `start`, undefined if it no longer exists. */
export function documentLinkTarget(lockfile: Lockfile, start: number): string | undefined {
  const place = lockPlaceAt(lockfile, start);
  const resolved = place?.type === 'entry' ? place.entry.resolved : undefined;
  if (resolved === undefined || addressSpan(lockfile, resolved.span).start !== start) return undefined;
  return browserUrl(resolved.value);
}

function linkOf(lockfile: Lockfile, entry: LockEntry): DocumentLink | undefined {
  const { resolved } = entry;
  const address = resolved === undefined ? undefined : browserUrl(resolved.value);
  const parsed = address === undefined ? undefined : parseWebUrl(address);
  if (resolved === undefined || parsed === undefined) return undefined;
  const [path = ''] = parsed.rest.split('?', 1);
  const file = path.slice(path.lastIndexOf('/') + 1);
  const what = file === '' ? '' : `${file} from `;
  return {
    span: addressSpan(lockfile, resolved.span),
    tooltip: oneLine(`${what}${hostAndPort(parsed)}`, 200),
  };
}

/** Returns the token without its quotes, as editors mark URLs they detect themselves. */
function addressSpan({ text }: Lockfile, span: Span): Span {
  const first = text.charAt(span.start);
  return first === '"' || first === "'" ? insideQuotes(span) : span;
}

/**
 * Returns the URL as written, without the parts that only package managers read (`git+`, the hash after it). Undefined
 * for schemes other than http and https, which could start a program. Also for a URL with a secret or a user name, which
 * may imitate the host, and for one that browsers and package managers may parse differently.
 */
export function browserUrl(written: string): string | undefined {
  const text = written.replace(/^git\+(?=https?:)/i, '');
  const hash = text.indexOf('#');
  const address = hash === -1 ? text : text.slice(0, hash);
  const isPlain = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:[/?][!-~]*)?$/i.test(address);
  if (maskSecrets(address) !== address) return undefined;
  return isPlain && address.length <= 2000 && !/[\\<>"`{}|^]/.test(address) ? address : undefined;
}
