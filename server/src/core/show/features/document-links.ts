import { lockPlaceAt } from '../../read/lockfile/model/lock-place.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { hostAndPort, parseWebAddress } from '../../read/text/paths/web-address.ts';
import { insideQuotes, type Span } from '../../read/text/span.ts';
import { oneLine } from './markdown.ts';

export interface DocumentLink {
  readonly span: Span;
  /** The last name in the address, and the host that it is asked of, whatever the entry says it is: plain text. */
  readonly tooltip: string;
}

/** As many are listed; what stands further down is not marked. */
export const MOST_LINKS = 5000;

/** The addresses of a lockfile's entries that a browser can open, in the order of the text. */
export function documentLinks(lockfile: Lockfile): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const entry of lockfile.entries) {
    const link = linkOf(lockfile, entry);
    if (link !== undefined) links.push(link);
    if (links.length === MOST_LINKS) break;
  }
  return links.sort((a, b) => a.span.start - b.span.start);
}

/** The address of the link that begins at `start`, undefined where there is none any more. */
export function documentLinkTarget(lockfile: Lockfile, start: number): string | undefined {
  const place = lockPlaceAt(lockfile, start);
  const resolved = place?.type === 'entry' ? place.entry.resolved : undefined;
  if (resolved === undefined || addressSpan(lockfile, resolved.span).start !== start) return undefined;
  return browserAddress(resolved.value);
}

function linkOf(lockfile: Lockfile, entry: LockEntry): DocumentLink | undefined {
  const { resolved } = entry;
  const address = resolved === undefined ? undefined : browserAddress(resolved.value);
  const parsed = address === undefined ? undefined : parseWebAddress(address);
  if (resolved === undefined || parsed === undefined) return undefined;
  const [path = ''] = parsed.rest.split('?', 1);
  const file = path.slice(path.lastIndexOf('/') + 1);
  const what = file === '' ? '' : `${file} from `;
  return {
    span: addressSpan(lockfile, resolved.span),
    tooltip: oneLine(`${what}${hostAndPort(parsed)}`, 200),
  };
}

/** The token without its quotes, as editors mark addresses that they find themselves. */
function addressSpan({ text }: Lockfile, span: Span): Span {
  const first = text.charAt(span.start);
  return first === '"' || first === "'" ? insideQuotes(span) : span;
}

/**
 * The address as it is written, without what only package managers read (`git+`, the hash behind it). Undefined for all
 * but http and https: another scheme would start a program. Also for one with a user's name in it, which may be a secret
 * or pretend to be the host, and for one that browsers and package managers may read differently.
 */
export function browserAddress(written: string): string | undefined {
  const text = written.replace(/^git\+(?=https?:)/i, '');
  const hash = text.indexOf('#');
  const address = hash === -1 ? text : text.slice(0, hash);
  const isPlain = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:[/?][!-~]*)?$/i.test(address);
  return isPlain && address.length <= 2000 && !/[\\<>"`{}|^]/.test(address) ? address : undefined;
}
