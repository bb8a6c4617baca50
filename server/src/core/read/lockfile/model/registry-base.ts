import { ownCopy } from '../../text/own-copy.ts';
import {
  type CanonicalUrl,
  canonicalUrl,
  isWrittenCanonically,
  withSlash,
} from '../../text/paths/canonical-url.ts';
import type { LockEntry } from './lockfile.ts';
import type { TarballLayout } from './tarball-layouts.ts';
import { readTarballUrl } from './tarball-url.ts';

/**
 * Returns the part before `<name>/-/<file>-<version>.tgz` if the URL of the entry is written exactly so, as nearly all
 * are, with at most Yarn 1's hash after it. Undefined for all others, which have to be parsed.
 */
export function plainBaseOf({ name, version, resolved }: LockEntry): string | undefined {
  if (version === undefined || resolved === undefined) return undefined;
  const text = resolved.value;
  const hash = text.indexOf('#');
  if (hash !== -1 && !(text.length - hash === 41 && /^#[\da-f]{40}$/i.test(text.slice(hash))))
    return undefined;
  const end = hash === -1 ? text.length : hash;
  const bare = name.slice(name.lastIndexOf('/') + 1);
  const versionStart = end - '.tgz'.length - version.value.length;
  const bareStart = versionStart - 1 - bare.length;
  const nameStart = bareStart - '/-/'.length - name.length;
  const isPlain =
    nameStart > 1 &&
    text.startsWith('.tgz', end - '.tgz'.length) &&
    text[nameStart - 1] === '/' &&
    text.startsWith(name, nameStart) &&
    text.startsWith('/-/', nameStart + name.length) &&
    text.startsWith(bare, bareStart) &&
    text[versionStart - 1] === '-' &&
    text.startsWith(version.value, versionStart) &&
    // The part before an unscoped name may be a scope.
    !isScopeStart(text.charCodeAt(text.lastIndexOf('/', nameStart - 2) + 1)) &&
    SAFE_NAME.test(name) &&
    SAFE_VERSION.test(version.value);
  if (!isPlain) return undefined;
  const base = text.slice(0, nameStart);
  if (base === latestBase) return base;
  if (base.includes('?') || !isWrittenCanonically(base)) return undefined;
  latestBase = ownCopy(base);
  return latestBase;
}

/** Nearly all entries share the same one. It outlives the file that it was read from. */
let latestBase = '';

/** Without anything that a client takes for another character or for a parent directory. */
const SAFE_NAME = /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/;
const SAFE_VERSION = /^[\w.+-]+$/;

/** Checks for an `@`, or an escape of any kind. */
function isScopeStart(code: number): boolean {
  return code === 64 || code === 37;
}

/**
 * Returns the URL of a lockfile as a client requests it. pnpm and Yarn 1 resolve one without a scheme relative to the
 * registry, which `//host/path` leaves. Undefined for anything but an http(s) URL.
 */
export function requestedUrl(text: string, registry: string): CanonicalUrl | undefined {
  // Like clients, which treat a backslash as a slash, and drop tabs and line ends.
  const plain = text.replace(/[\t\n\r]/g, '').replace(/^[\0-\x20]+/, '');
  if (/^[a-z][a-z\d+.-]*:/i.test(plain)) return canonicalUrl(text);
  const base = canonicalUrl(registry);
  if (base === undefined) return undefined;
  const start = plain.slice(0, 2).replaceAll('\\', '/');
  if (start === '//') return canonicalUrl(`${base.scheme}:${plain}`);
  const origin = `${base.scheme}://${base.host}${base.port === '' ? '' : `:${base.port}`}`;
  return canonicalUrl(
    start.startsWith('/') ? `${origin}${plain}` : `${origin}${withSlash(base.path)}${plain}`,
  );
}

/**
 * Checks whether the registry could use the URL for its tarballs: on its host, below its own path, or where this kind
 * of registry is known to have them. Different paths of a host are different registries.
 */
export function isServedBy(registry: string, url: CanonicalUrl): boolean {
  const own = canonicalUrl(registry);
  if (own === undefined || own.host !== url.host || own.port !== url.port) return false;
  const ownPath = withSlash(own.path);
  const address = readTarballUrl(url);
  if (address === undefined) return url.path.startsWith(ownPath);
  return (
    address.basePath === ownPath ||
    PLACES_ELSEWHERE.some(
      ({ layout, is }) =>
        (layout === undefined || layout === address.layout) && is(ownPath, address.basePath),
    )
  );
}

/** Registries that serve tarballs from another path on the same host. */
const PLACES_ELSEWHERE: readonly {
  readonly source: string;
  /** The only layout that it applies to. */
  readonly layout?: TarballLayout['id'];
  is(registry: string, tarballs: string): boolean;
}[] = [
  {
    source:
      'GitLab: the instance and groups list packages, projects hold them (docs.gitlab.com, API of npm packages)',
    is(registry, tarballs) {
      const ofAll = /^(.*)\/api\/v4\/(?:groups\/[^/]+\/-\/)?packages\/npm\/$/.exec(registry);
      const ofOne = /^(.*)\/api\/v4\/projects\/[^/]+\/packages\/npm\/$/.exec(tarballs);
      return ofAll !== null && ofOne !== null && ofAll[1] === ofOne[1];
    },
  },
  {
    source:
      'GitHub Packages: an owner may stand behind the host (docs.github.com, working with the npm registry)',
    layout: 'download',
    is: (registry, tarballs) =>
      registry.startsWith(tarballs) && /^[^/]+\/$/.test(registry.slice(tarballs.length)),
  },
  {
    source:
      'Azure Artifacts: ids in place of the names of project and feed (learn.microsoft.com, npm in Azure Artifacts)',
    is(registry, tarballs) {
      const [own, other] = [registry, tarballs].map((path) =>
        /^\/((?:[^/]+\/){0,2})_packaging\/([^/]+)\/npm\/registry\/$/.exec(path),
      );
      if (own == null || other == null) return false;
      const isId = (segment: string) =>
        /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?:@[\da-f-]{36})?$/i.test(segment);
      if (!isId(other[2]!) && other[2] !== own[2]) return false;
      const owner = other[1]!.split('/').filter((segment) => segment !== '' && !isId(segment));
      return own[1]!.startsWith(owner.map((segment) => `${segment}/`).join(''));
    },
  },
];
