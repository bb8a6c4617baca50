import { Request } from 'undici';
import { TEST_REGISTRY } from '../workspace.ts';
import type { Format, Locked } from './lockfile-of.ts';

/**
 * Returns what would be fetched and accepted, by means of its own: undici's request for the URL, and the hashes that
 * Subresource Integrity lets pass. Texts that are no URL are a place of their own each.
 */
export function fetchedBy(
  format: Format,
  { name, version, url, integrity }: Locked,
): {
  readonly origin: string;
  readonly file: string;
  readonly accepted: string;
  readonly named: string;
} {
  const requested = url === undefined ? undefined : request(withBase(format, url));
  return {
    origin: requested?.origin ?? (url === undefined ? 'configured' : `not of the web: ${url}`),
    file: requested === undefined ? '' : requested.file,
    accepted: accepted(integrity),
    named: `${name}@${version}`,
  };
}

/** pnpm and Yarn read a URL without a scheme as one that is relative to the registry; npm asks the registry that it has. */
function withBase(format: Format, url: string): string {
  if ((format.startsWith('npm') || format === 'yarn-classic') && URL.canParse(url)) {
    const { protocol, host } = new URL(url);
    // npm asks the configured registry for what is on the public one's host, and Yarn 1 asks that one over https.
    if (protocol === 'http:' && host === new URL(TEST_REGISTRY).host)
      return url.trim().replace(/^http/i, 'https');
  }
  const isRelative = format.startsWith('pnpm') || format.startsWith('yarn');
  return isRelative && !/^[\0-\x20]*(?:[a-z][a-z\d+.\t\n\r-]*:|~|\.|[a-z]:\\)/i.test(url) && url.includes('/')
    ? URL.canParse(url, TEST_REGISTRY)
      ? new URL(url, TEST_REGISTRY).href
      : url
    : url;
}

function request(text: string): { readonly origin: string; readonly file: string } | undefined {
  try {
    const { protocol, host, pathname, search, username } = new URL(new Request(withoutUser(text)).url);
    if (protocol !== 'https:' && protocol !== 'http:') return undefined;
    // One root of the domain names; a server decodes a path once.
    const origin = `${protocol}//${host.replace(/\.(?=:|$)/, '')}${username}`;
    return { origin, file: decoded(pathname) + search };
  } catch {
    return undefined;
  }
}

/** A request must have no credentials in its URL: clients send them in a header. */
function withoutUser(text: string): string {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const STRENGTH = ['sha512', 'sha384', 'sha256', 'sha1', 'md5'];

/** Of several hashes those of the strongest algorithm are checked, and one of them is enough. */
function accepted(integrity: string | undefined): string {
  const hashes = (integrity ?? '').split(/\s+/).flatMap((text) => {
    const match = /^(sha512|sha384|sha256|sha1|md5)-([A-Za-z\d+/=]+)(?:\?.*)?$/.exec(text);
    return match === null
      ? []
      : [{ algorithm: match[1]!, digest: Buffer.from(match[2]!, 'base64').toString('hex') }];
  });
  const strongest = STRENGTH.find((one) => hashes.some(({ algorithm }) => algorithm === one));
  if (strongest === undefined) return 'anything';
  const digests = hashes.filter(({ algorithm }) => algorithm === strongest).map(({ digest }) => digest);
  return `${strongest} ${[...new Set(digests)].sort().join(' ')}`;
}
