import semver from 'semver';
import { isAtOrBelow } from '../../read/config/address-below.ts';
import type { EditedEntry } from '../../read/lockfile/faults/edited-entry.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { isServedBy, plainBaseOf, requestedUrl } from '../../read/lockfile/model/registry-base.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { readTarballUrl, type TarballUrl } from '../../read/lockfile/model/tarball-url.ts';
import { writerOf } from '../../read/lockfile/writer-of.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import type { Project } from '../../read/project/project.ts';
import type { Severity } from '../../read/text/finding.ts';
import {
  type CanonicalUrl,
  canonicalUrl,
  isWrittenCanonically,
  withSlash,
} from '../../read/text/paths/canonical-url.ts';
import { hostAndPort, redactUserinfo } from '../../read/text/paths/web-url.ts';
import { memoizeOf } from '../../read/text/remember-of.ts';

/** How the URL of an entry differs from the one its registry uses for the package. */
export interface UrlMismatch {
  /**
   * address: it belongs to another name or version. shape: the registry has no tarball at such a path. spelling: the
   * requested URL differs from the written one.
   */
  readonly where: 'address' | 'shape' | 'spelling';
  readonly differs: 'name' | 'version';
  /** The downloaded file; for a shape or spelling the requested URL without its scheme. */
  readonly installs: string;
  readonly target: string;
  /** Set if it is less severe than an error. */
  readonly severity?: Severity;
}

type Judged = Pick<Project, 'npmConfig' | 'policy' | 'lockfile' | 'committedLockfile'>;

/**
 * Returns a function that compares an entry's URL, as a client requests it, with its name and version. For registry
 * packages only: callers must skip entries declared with that very URL.
 * @param onUnknown called for an entry whose registry has a custom layout, so that its URL proves nothing
 */
export function urlJudge(
  lockfile: Lockfile,
  project: Judged,
  onUnknown: (entry: LockEntry) => void,
): (entry: LockEntry) => UrlMismatch | undefined {
  const bases = new Map<string, boolean>();
  const hasUsualBase = (base: string): boolean => {
    let isUsual = bases.get(base);
    if (isUsual === undefined) {
      const url = canonicalUrl(base);
      isUsual =
        url === undefined ||
        isPlaceOfPublic(url, { basePath: url.path, layout: 'public' }, lockfile, project);
      bases.set(base, isUsual);
    }
    return isUsual;
  };
  const judgesTarballs = namesNoTarballs(lockfile);
  return (entry) => {
    // Clients treat an empty URL like none, and ask the configured registry.
    if (entry.resolved === undefined || entry.resolved.value === '') return undefined;
    if (entry.source !== 'registry' && (entry.source !== 'tarball' || !judgesTarballs)) return undefined;
    const base = plainBaseOf(entry);
    if (base !== undefined && hasUsualBase(base)) return undefined;
    return judge(entry, entry.resolved.value, { lockfile, project, onUnknown });
  };
}

/** Checks whether the format stores a URL in the entry of a tarball, where other formats give it a key of its own. */
export function namesNoTarballs(lockfile: Lockfile): boolean {
  return !writerOf(lockfile).lockfile.marksTarballs;
}

interface Context {
  readonly lockfile: Lockfile;
  readonly project: Judged;
  readonly onUnknown: (entry: LockEntry) => void;
}

function judge(entry: LockEntry, text: string, context: Context): UrlMismatch | undefined {
  const { npmConfig } = context.project;
  const choice = npmConfig.registryFor(entry.name);
  const registry = choice.usable ? choice.url : npmConfig.publicRegistry;
  // Bun rejects URLs without a web scheme, while others resolve them against the registry.
  const isRefused =
    !specOfLockfile(context.lockfile.format).lockfile.takesRelativeUrls && !/^https?:/i.test(text);
  const url = isRefused ? undefined : requestedUrl(text, registry);
  if (url === undefined) return { ...ofShape(entry, redactUserinfo(text)) };
  const address = readTarballUrl(url);
  const { lockfile, project } = context;
  const mismatch = address === undefined ? 'unknown' : addressMismatch(entry, address);
  if (address === undefined || mismatch === 'unknown') return unknownShape(entry, url, registry, context);
  if (mismatch !== undefined) return mismatch;
  const isPublic = npmConfig.isPublic(url.href);
  const isOwnPlace = !isPublic || isPlaceOfPublic(url, address, lockfile, project);
  const hasNoQuery = url.query === '' || (!isPublic && !usualBases(lockfile).has(hostAndPort(url)));
  if (!isOwnPlace || !hasNoQuery) return ofShape(entry, shownUrl(url));
  return isWrittenAsRequested(text, url, registry, project)
    ? undefined
    : { where: 'spelling', differs: 'name', installs: shownUrl(url), target: entry.name };
}

function ofShape({ name }: LockEntry, shown: string): UrlMismatch {
  return { where: 'shape', differs: 'name', installs: shownText(shown), target: name };
}

/**
 * Returns an error for registries with a known layout: the public one, and those whose other packages in the file use
 * the usual one. For others a warning if the base has no such URL in the lockfile; otherwise nothing can be concluded.
 */
function unknownShape(
  entry: LockEntry,
  url: CanonicalUrl,
  registry: string,
  { lockfile, project, onUnknown }: Context,
): UrlMismatch | undefined {
  const shape = ofShape(entry, shownUrl(url));
  if (project.npmConfig.isPublic(url.href) || usualBases(lockfile).has(hostAndPort(url))) return shape;
  // Another host is reported by a separate finding.
  if (!isServedBy(registry, url)) return undefined;
  const committed = project.lockfile === lockfile ? project.committedLockfile : undefined;
  if (committed !== undefined && !oddHosts(committed).has(hostAndPort(url)))
    return { ...shape, severity: 'warning' };
  onUnknown(entry);
  return undefined;
}

/** Returns "unknown" if the folder is the package's but the file is not named after it. */
function addressMismatch(
  { name, version }: LockEntry,
  address: TarballUrl,
): UrlMismatch | 'unknown' | undefined {
  const { file } = address;
  const installs = shownText(address.layout === 'download' ? `${address.name} ${address.version}` : file);
  if (address.name !== name) return { where: 'address', differs: 'name', installs, target: address.name };
  if (address.version === undefined) {
    // A name followed by a version marks another package.
    const other = /^(.+?)-(\d+\.\d+\.\d+.*)\.tgz$/.exec(file);
    if (other === null || semver.valid(other[2]) === null) return 'unknown';
    return { where: 'address', differs: 'name', installs, target: other[1]! };
  }
  if (version === undefined || isSameVersion(address.version, version.value)) return undefined;
  if (semver.valid(address.version, { loose: true }) === null) return 'unknown';
  return { where: 'address', differs: 'version', installs, target: name };
}

/** Compares versions without build metadata, which registries omit from file names. */
export function isSameVersion(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [a, b].map((version) => semver.parse(version, { loose: true })?.version ?? version);
  return left === right;
}

/**
 * Checks whether the public registry, which has a single layout, or a mirror of it serves packages there; always true
 * for other registries.
 */
function isPlaceOfPublic(
  url: CanonicalUrl,
  { basePath, layout }: Pick<TarballUrl, 'basePath' | 'layout'>,
  lockfile: Lockfile,
  { npmConfig, policy }: Judged,
): boolean {
  const base = `${url.scheme}://${hostAndPort(url)}${basePath}`;
  if (!npmConfig.isPublic(url.href)) return true;
  const isPlace = (one: string) => {
    const place = canonicalUrl(one);
    return (
      place !== undefined && hostAndPort(place) === hostAndPort(url) && withSlash(place.path) === basePath
    );
  };
  const isUsual = layout === 'public' || layout === 'scope-in-file';
  if (!isUsual && npmConfig.withoutMirrors.isPublic(url.href)) return false;
  if (npmConfig.publicBases.some(isPlace)) return true;
  const mirror = policy.mirrors.find((one) => isAtOrBelow(one, base));
  if (mirror === undefined) return false;
  const path = withSlash(canonicalUrl(mirror)?.path ?? '');
  // A mirror given by its host alone may have one path of its own, but not two.
  return usualBases(lockfile).get(hostAndPort(url))?.has(path) !== true;
}

/** By host, the paths below which the file has packages in the usual layout. */
const usualBases: (lockfile: Lockfile) => ReadonlyMap<string, ReadonlySet<string>> = memoizeOf(
  ({ entries }) => {
    const found = new Map<string, Set<string>>();
    const seen = new Set<string>();
    for (const entry of entries) {
      const base = plainBaseOf(entry);
      if (base === undefined || seen.has(base)) continue;
      seen.add(base);
      const url = canonicalUrl(base);
      if (url === undefined) continue;
      const paths = found.get(hostAndPort(url));
      if (paths === undefined) found.set(hostAndPort(url), new Set([url.path]));
      else paths.add(url.path);
    }
    return found;
  },
);

/**
 * Checks whether an edit of one entry keeps the bases of the file's plain URLs, which other URL shapes are judged by.
 */
export function keepsBases({ before, after }: EditedEntry, entries: readonly LockEntry[]): boolean {
  const [was, is] = [plainBaseOf(before), plainBaseOf(after)];
  const isElsewhere = (base: string | undefined) =>
    base === undefined || entries.some((entry) => entry !== after && plainBaseOf(entry) === base);
  return was === is || (isElsewhere(was) && isElsewhere(is));
}

/** The hosts that serve packages of the file in an unknown layout. */
const oddHosts: (lockfile: Lockfile) => ReadonlySet<string> = memoizeOf(({ entries }) => {
  const hosts = new Set<string>();
  for (const entry of entries) {
    if (entry.resolved === undefined || (entry.source !== 'registry' && entry.source !== 'tarball')) continue;
    if (plainBaseOf(entry) !== undefined) continue;
    const url = canonicalUrl(entry.resolved.value);
    if (url !== undefined && readTarballUrl(url) === undefined) hosts.add(hostAndPort(url));
  }
  return hosts;
});

/**
 * Checks whether a client requests the URL exactly as written. The case of hex digits in escapes does not matter, nor
 * does the spelling of a prefix taken from the configuration, as registries return it as requested.
 */
function isWrittenAsRequested(
  text: string,
  url: CanonicalUrl,
  registry: string,
  { npmConfig }: Judged,
): boolean {
  const hash = text.indexOf('#');
  if (hash !== -1 && !/^#[\da-f]{40}$/i.test(text.slice(hash))) return false;
  const written = (hash === -1 ? text : text.slice(0, hash)).replace(/%[\da-f]{2}/gi, (code) =>
    code.toUpperCase(),
  );
  if (isWrittenCanonically(written)) return true;
  const own = canonicalUrl(registry);
  // Relative to the registry.
  if (own !== undefined && `${withSlash(own.href)}${written}` === url.href) return true;
  if (own !== undefined && `${own.scheme}://${hostAndPort(own)}${written}` === url.href)
    return written.startsWith('/');
  return [registry, ...npmConfig.publicBases].some((base) => {
    const start = canonicalUrl(base)?.href;
    return (
      start !== undefined && written.startsWith(base) && `${start}${written.slice(base.length)}` === url.href
    );
  });
}

function shownUrl(url: CanonicalUrl): string {
  return `${hostAndPort(url)}${url.path}${url.query}`;
}
