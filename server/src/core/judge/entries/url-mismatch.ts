import semver from 'semver';
import { isAtOrBelow } from '../../read/config/address-below.ts';
import type { EditedEntry } from '../../read/lockfile/faults/edited-entry.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { isServedBy, plainBaseOf, requestedUrl, withSlash } from '../../read/lockfile/model/registry-base.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { readTarballAddress, type TarballAddress } from '../../read/lockfile/model/tarball-address.ts';
import { writerOf } from '../../read/lockfile/writer-of.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import type { Project } from '../../read/project/project.ts';
import type { Severity } from '../../read/text/finding.ts';
import {
  type CanonicalUrl,
  canonicalUrl,
  isWrittenCanonically,
} from '../../read/text/paths/canonical-url.ts';
import { redactUserinfo } from '../../read/text/paths/web-address.ts';
import { rememberOf } from '../../read/text/remember-of.ts';

/** How the URL of an entry is not the one that its registry gives the package. */
export interface UrlMismatch {
  /**
   * address: it is that of another name or version. shape: the registry has no tarball at such a path. spelling: it is
   * requested otherwise than it is written.
   */
  readonly where: 'address' | 'shape' | 'spelling';
  readonly differs: 'name' | 'version';
  /** The file that is downloaded; of a shape or spelling the URL as it is requested, without its scheme. */
  readonly installs: string;
  readonly target: string;
  /** Where it is less than an error. */
  readonly severity?: Severity;
}

type Judged = Pick<Project, 'npmConfig' | 'policy' | 'lockfile' | 'committedLockfile'>;

/**
 * Returns a function that compares the URL of an entry with its name and version, as a client requests it. It is for packages
 * of a registry: an entry that something declares with its very URL is not judged by it.
 * @param onUnknown called for an entry whose registry has a layout of its own, so that its URL says nothing
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
    if (entry.resolved === undefined) return undefined;
    if (entry.source !== 'registry' && (entry.source !== 'tarball' || !judgesTarballs)) return undefined;
    const base = plainBaseOf(entry);
    if (base !== undefined && hasUsualBase(base)) return undefined;
    return judge(entry, entry.resolved.value, { lockfile, project, onUnknown });
  };
}

/** Formats that have an address where others have a key of its own for what comes from one. */
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
  // Bun refuses what does not begin with a scheme of the web, where others take it as relative to the registry.
  const isRefused =
    !specOfLockfile(context.lockfile.format).lockfile.takesRelativeUrls && !/^https?:/i.test(text);
  const url = isRefused ? undefined : requestedUrl(text, registry);
  if (url === undefined) return { ...ofShape(entry, redactUserinfo(text)) };
  const address = readTarballAddress(url);
  const { lockfile, project } = context;
  const mismatch = address === undefined ? 'unknown' : addressMismatch(entry, address);
  if (address === undefined || mismatch === 'unknown') return unknownShape(entry, url, registry, context);
  if (mismatch !== undefined) return mismatch;
  const isPublic = npmConfig.isPublic(url.href);
  const isOwnPlace = !isPublic || isPlaceOfPublic(url, address, lockfile, project);
  const hasNoQuery = url.query === '' || (!isPublic && !usualBases(lockfile).has(hostOf(url)));
  if (!isOwnPlace || !hasNoQuery) return ofShape(entry, shownUrl(url));
  return isWrittenAsRequested(text, url, registry, project)
    ? undefined
    : { where: 'spelling', differs: 'name', installs: shownUrl(url), target: entry.name };
}

function ofShape({ name }: LockEntry, shown: string): UrlMismatch {
  return { where: 'shape', differs: 'name', installs: shownText(shown), target: name };
}

/**
 * An error at a registry whose layout is known: the public one, and each of which the file has packages in the usual one.
 * At others a warning where the file as it is in the base has no such URL; else nothing can be said.
 */
function unknownShape(
  entry: LockEntry,
  url: CanonicalUrl,
  registry: string,
  { lockfile, project, onUnknown }: Context,
): UrlMismatch | undefined {
  const shape = ofShape(entry, shownUrl(url));
  if (project.npmConfig.isPublic(url.href) || usualBases(lockfile).has(hostOf(url))) return shape;
  // Another host is a finding by itself.
  if (!isServedBy(registry, url)) return undefined;
  const committed = project.lockfile === lockfile ? project.committedLockfile : undefined;
  if (committed !== undefined && !oddHosts(committed).has(hostOf(url)))
    return { ...shape, severity: 'warning' };
  onUnknown(entry);
  return undefined;
}

/** Unknown where the folder is the package's and the file is named otherwise than after it. */
function addressMismatch(
  { name, version }: LockEntry,
  address: TarballAddress,
): UrlMismatch | 'unknown' | undefined {
  const { file } = address;
  const installs = shownText(address.layout === 'download' ? `${address.name} ${address.version}` : file);
  if (address.name !== name) return { where: 'address', differs: 'name', installs, target: address.name };
  if (address.version === undefined) {
    // A name with a version behind it says that it is another package's.
    const other = /^(.+?)-(\d+\.\d+\.\d+.*)\.tgz$/.exec(file);
    if (other === null || semver.valid(other[2]) === null) return 'unknown';
    return { where: 'address', differs: 'name', installs, target: other[1]! };
  }
  if (version === undefined || isSameVersion(address.version, version.value)) return undefined;
  if (semver.valid(address.version, { loose: true }) === null) return 'unknown';
  return { where: 'address', differs: 'version', installs, target: name };
}

/** Registries leave the build metadata out of file names. */
export function isSameVersion(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [a, b].map((version) => semver.parse(version, { loose: true })?.version ?? version);
  return left === right;
}

/** Whether the public registry, which has one layout, or a mirror of it has packages there; true of all other registries. */
function isPlaceOfPublic(
  url: CanonicalUrl,
  { basePath, layout }: Pick<TarballAddress, 'basePath' | 'layout'>,
  lockfile: Lockfile,
  { npmConfig, policy }: Judged,
): boolean {
  const base = `${url.scheme}://${hostOf(url)}${basePath}`;
  if (!npmConfig.isPublic(url.href)) return true;
  const isPlace = (one: string) => {
    const place = canonicalUrl(one);
    return place !== undefined && hostOf(place) === hostOf(url) && withSlash(place.path) === basePath;
  };
  const isUsual = layout === 'public' || layout === 'scope-in-file';
  if (!isUsual && npmConfig.withoutMirrors.isPublic(url.href)) return false;
  if (npmConfig.publicBases.some(isPlace)) return true;
  const mirror = policy.mirrors.find((one) => isAtOrBelow(one, base));
  if (mirror === undefined) return false;
  const path = withSlash(canonicalUrl(mirror)?.path ?? '');
  // One that is named by its host alone may have a path of its own, but not two.
  return usualBases(lockfile).get(hostOf(url))?.has(path) !== true;
}

/** Of a host, the paths below which the file has packages in the usual layout. */
const usualBases: (lockfile: Lockfile) => ReadonlyMap<string, ReadonlySet<string>> = rememberOf(
  ({ entries }) => {
    const found = new Map<string, Set<string>>();
    const seen = new Set<string>();
    for (const entry of entries) {
      const base = plainBaseOf(entry);
      if (base === undefined || seen.has(base)) continue;
      seen.add(base);
      const url = canonicalUrl(base);
      if (url === undefined) continue;
      const paths = found.get(hostOf(url));
      if (paths === undefined) found.set(hostOf(url), new Set([url.path]));
      else paths.add(url.path);
    }
    return found;
  },
);

/** Whether an edit of one entry leaves the bases of the file's plain URLs, by which those of other shapes are judged. */
export function keepsBases({ before, after }: EditedEntry, entries: readonly LockEntry[]): boolean {
  const [was, is] = [plainBaseOf(before), plainBaseOf(after)];
  const isElsewhere = (base: string | undefined) =>
    base === undefined || entries.some((entry) => entry !== after && plainBaseOf(entry) === base);
  return was === is || (isElsewhere(was) && isElsewhere(is));
}

/** The hosts of which a file has packages in a layout that is not known. */
const oddHosts: (lockfile: Lockfile) => ReadonlySet<string> = rememberOf(({ entries }) => {
  const hosts = new Set<string>();
  for (const entry of entries) {
    if (entry.resolved === undefined || (entry.source !== 'registry' && entry.source !== 'tarball')) continue;
    if (plainBaseOf(entry) !== undefined) continue;
    const url = canonicalUrl(entry.resolved.value);
    if (url !== undefined && readTarballAddress(url) === undefined) hosts.add(hostOf(url));
  }
  return hosts;
});

/**
 * Whether a client requests the URL as it stands there. Digits of escapes in either case are the same, and so is the
 * beginning of a URL that the configuration has in that spelling: registries give it back as they are asked.
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
  if (own !== undefined && `${own.scheme}://${hostOf(own)}${written}` === url.href)
    return written.startsWith('/');
  return [registry, ...npmConfig.publicBases].some((base) => {
    const start = canonicalUrl(base)?.href;
    return (
      start !== undefined && written.startsWith(base) && `${start}${written.slice(base.length)}` === url.href
    );
  });
}

function hostOf({ host, port }: CanonicalUrl): string {
  return port === '' ? host : `${host}:${port}`;
}

function shownUrl(url: CanonicalUrl): string {
  return `${hostOf(url)}${url.path}${url.query}`;
}
