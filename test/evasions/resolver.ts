import { Request } from 'undici';
import { TEST_REGISTRY } from '../workspace.ts';
import type { Format, Locked } from './lockfile-of.ts';

/**
 * Returns what would be fetched and accepted, determined independently: undici's request for the URL, and the hashes
 * that Subresource Integrity accepts. Each invalid URL is a place of its own.
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

/**
 * Resolves a URL. pnpm and Yarn read one without a scheme as relative to the registry; npm uses the
 * configured registry.
 */
function withBase(format: Format, url: string): string {
  if ((format.startsWith('npm') || format === 'yarn-classic') && URL.canParse(url)) {
    const { protocol, host } = new URL(url);
    // npm requests the public host's packages from the configured registry, and Yarn 1 requests that host over https.
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
    // A trailing dot of the host is removed; a server decodes a path once.
    const origin = `${protocol}//${host.replace(/\.(?=:|$)/, '')}${username}`;
    return { origin, file: decoded(pathname) + search };
  } catch {
    return undefined;
  }
}

/** Removes the credentials from a URL, which clients send in a header. */
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

/** Returns the accepted hashes: of several, those of the strongest algorithm are checked, and one match is enough. */
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
