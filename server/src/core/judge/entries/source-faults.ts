import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { isServedBy, plainBaseOf, requestedUrl } from '../../read/lockfile/model/registry-base.ts';
import { readTarballUrl } from '../../read/lockfile/model/tarball-url.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import type { Policy } from '../../read/policy-file/policy.ts';
import { declaredSources } from '../../read/project/locked/declared-source.ts';
import type { Project } from '../../read/project/project.ts';
import { type CanonicalUrl, canonicalUrl } from '../../read/text/paths/canonical-url.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import { hostAndPort, isLoopback } from '../../read/text/paths/web-url.ts';

/**
 * What is wrong with the URL of a registry package. foreign: a host that nothing configures. public: the public
 * registry, although the scope is mapped to another one. http: unencrypted, although the registry is not. credentials:
 * contained in the URL.
 */
export type SourceReason = 'foreign' | 'public' | 'http' | 'credentials';

export interface SourceFault {
  readonly reason: SourceReason;
  /**
   * The host of the URL, with a non-default port. If the registry is on the same host, with the path that distinguishes
   * them.
   */
  readonly host: string;
  /** Whether only the path differs from the registry, not the host. */
  readonly isTenant: boolean;
  /** The registry configured for the name: its host, or "the public registry". */
  readonly expected: string;
  /** Whether the URL contains credentials, whatever else is wrong with it. */
  readonly holdsCredentials: boolean;
}

/** One host that serves nearly all of a lockfile: an unconfigured mirror rather than an attack on each entry. */
export interface MainHost {
  readonly host: string;
  /** The base URL of all its packages, with a trailing slash. */
  readonly base: string;
  readonly first: LockEntry;
  readonly count: number;
  readonly total: number;
  /** Whether no package of the base comes from that host; undefined if the base is not known. */
  readonly isNew: boolean | undefined;
}

export interface SourceFaults {
  readonly faults: ReadonlyMap<LockEntry, SourceFault>;
  /** Its entries are excluded from `faults`. */
  readonly mainHost: MainHost | undefined;
}

/** The share of a lockfile's registry packages that makes a host its main one. */
const MAIN_SHARE = 0.8;
/** A single package is no pattern. */
const LEAST_OF_MAIN = 2;

type Judged = Pick<
  Project,
  'npmConfig' | 'policy' | 'root' | 'exoticSources' | 'lockfile' | 'committedLockfile'
>;

/**
 * Finds the packages of a lockfile that come from another source than the registry npm's configuration gives for their
 * names. Skips packages that a manifest or another package declares with that very URL, in pnpm all tarball URLs, as
 * their keys declare them, and scopes with a registry that is built into the package manager.
 * @param entries the entries to judge; a main host is detected only if these are all entries
 */
export function findSourceFaults(
  lockfile: Lockfile,
  project: Judged,
  entries: readonly LockEntry[] = lockfile.entries,
): SourceFaults {
  const judge = sourceJudge(project);
  const isDeclared = declaredSources(lockfile, project);
  const { hasTarballsInKeys } = specOfLockfile(lockfile.format).lockfile;
  const faulty: Faulty[] = [];
  let builtIn: ReadonlyMap<string, string> | undefined;
  let total = 0;
  for (const entry of entries) {
    if (!isJudged(entry) || (entry.source === 'tarball' && hasTarballsInKeys)) continue;
    // Without a URL it comes from the configured registry.
    total++;
    if (entry.resolved === undefined) continue;
    const base = plainBaseOf(entry);
    const fault = judge(entry, base, entry.resolved.value);
    if (fault === undefined || isDeclared(entry)) continue;
    builtIn ??= builtInRegistries(lockfile, project);
    const own = builtIn.get(scopeOf(entry.name) ?? '');
    // The scheme counts, so not the host alone.
    if (own !== undefined && isPlainlyForeign(fault) && entry.resolved.value.startsWith(own)) continue;
    const last = faulty.at(-1);
    if (last?.fault === fault && last.base === base) last.entries.push(entry);
    else faulty.push({ fault, base, entries: [entry] });
  }
  const committed = project.lockfile === lockfile ? project.committedLockfile : undefined;
  const isWhole = entries.length === lockfile.entries.length;
  const mainHost = isWhole ? mainHostOf(faulty, total, committed) : undefined;
  const faults = new Map<LockEntry, SourceFault>();
  for (const { entries: own, fault } of faulty) {
    const isOfMain = fault.reason === 'foreign' && fault.host === mainHost?.host;
    if (isOfMain && !fault.holdsCredentials) continue;
    const reported: SourceFault = isOfMain ? { ...fault, reason: 'credentials' } : fault;
    for (const entry of own) faults.set(entry, reported);
  }
  return { faults, mainHost };
}

/** Returns the URL of each scope whose registry is built into the package manager, unless the project configures one. */
function builtInRegistries({ format }: Lockfile, { npmConfig }: Judged): ReadonlyMap<string, string> {
  const urls = specOfLockfile(format).registries.builtInScopes.flatMap((scope) => {
    const url = npmConfig.scopeRegistries[scope];
    const isConfigured = npmConfig.registryFor(`${scope}/any`).scope !== undefined;
    return url === undefined || isConfigured ? [] : [[scope, url] as const];
  });
  return new Map(urls);
}

function isJudged({ source }: LockEntry): boolean {
  return source === 'registry' || source === 'tarball';
}

/** Checks whether there are too many packages for any host to serve most of them if at most `faulty` are faulty. */
export function excludesMainHost(entries: readonly LockEntry[], faulty: number): boolean {
  let total = 0;
  for (const entry of entries) {
    if (isJudged(entry) && ++total * MAIN_SHARE > faulty) return true;
  }
  return false;
}

/** Consecutive entries with the same fault. */
interface Faulty {
  readonly fault: SourceFault;
  /** See `plainBaseOf`. */
  readonly base: string | undefined;
  readonly entries: LockEntry[];
}

/** Judges URLs one by one, but those of one registry and scope only once, as nearly all are alike. */
function sourceJudge(
  project: Judged,
): (entry: LockEntry, base: string | undefined, url: string) => SourceFault | undefined {
  const lastOfScope = new Map<string, { readonly base: string; readonly fault: SourceFault | undefined }>();
  return ({ name }, base, url) => {
    const scope = name.startsWith('@') ? name.slice(0, Math.max(0, name.indexOf('/'))) : '';
    const last = lastOfScope.get(scope);
    if (last !== undefined && last.base === base) return last.fault;
    const fault = judgeSource(url, name, project);
    if (base !== undefined) lastOfScope.set(scope, { base, fault });
    return fault;
  };
}

/**
 * Judges a URL. What is unknown is no fault: a URL that is neither http nor https, or a registry that the configuration
 * leaves open. For a URL with credentials a foreign host takes precedence, as the part before the `@` may look like the
 * host.
 */
function judgeSource(url: string, name: string, project: Judged): SourceFault | undefined {
  const { npmConfig } = project;
  const choice = npmConfig.registryFor(name);
  const address = requestedUrl(url, choice.usable ? choice.url : npmConfig.publicRegistry);
  if (address === undefined) return undefined;
  const registry = canonicalUrl(choice.url);
  const other =
    choice.usable && registry !== undefined ? judgeUrl(name, address, registry, project) : undefined;
  const holdsCredentials = address.hasUserinfo;
  const reason = holdsCredentials && other?.reason !== 'foreign' ? 'credentials' : other?.reason;
  if (reason === undefined) return undefined;
  const configured = registry === undefined ? '' : hostAndPort(registry);
  const isTenant = reason === 'foreign' && configured === hostAndPort(address);
  const expected = npmConfig.isPublic(choice.url)
    ? 'the public registry'
    : isTenant
      ? `${configured}${withoutSlash(registry!.path)}`
      : configured;
  return {
    reason,
    host: isTenant ? `${configured}${withoutSlash(basePathOf(address))}` : hostAndPort(address),
    isTenant,
    expected: (reason === 'public' ? other?.stated : undefined) ?? expected,
    holdsCredentials,
  };
}

/** Returns what is wrong with the URL, and the registry that the project's configuration file states instead. */
function judgeUrl(
  name: string,
  url: CanonicalUrl,
  registry: CanonicalUrl,
  { npmConfig, policy }: Judged,
): { readonly reason: SourceReason; readonly stated?: string } | undefined {
  if (policy.allowedHosts.includes(hostAndPort(url)) || policy.allowedHosts.includes(url.host))
    return undefined;
  const stated = statedRegistry(name, policy);
  if (npmConfig.isPublic(url.href)) {
    // URLs of the public registry stand for whichever registry is configured: npm's `replace-registry-host`.
    const choice = npmConfig.registryFor(name);
    if (choice.scope !== undefined && !npmConfig.isPublic(choice.url)) return { reason: 'public' };
    return stated === undefined ? undefined : { reason: 'public', stated: hostAndPort(stated) };
  }
  if (stated !== undefined && isServedBy(stated.href, url)) return undefined;
  if (!isServedBy(registry.href, url)) return { reason: 'foreign' };
  const isDowngrade = url.scheme === 'http' && registry.scheme === 'https' && !isLoopback(url);
  return isDowngrade ? { reason: 'http' } : undefined;
}

/** Returns the registry that the project's configuration file states for the package's private scope. */
function statedRegistry(name: string, policy: Policy): CanonicalUrl | undefined {
  const stated = policy.privateScopes.find(({ scope }) => name.startsWith(`${scope}/`))?.registry;
  return stated === undefined ? undefined : canonicalUrl(stated);
}

function mainHostOf(
  faulty: readonly Faulty[],
  total: number,
  committed: Lockfile | undefined,
): MainHost | undefined {
  const counts = new Map<string, number>();
  for (const { fault, entries } of faulty) {
    if (isPlainlyForeign(fault)) counts.set(fault.host, (counts.get(fault.host) ?? 0) + entries.length);
  }
  for (const [host, count] of counts) {
    if (count < Math.max(LEAST_OF_MAIN, total * MAIN_SHARE)) continue;
    const own = faulty.filter(({ fault }) => isPlainlyForeign(fault) && fault.host === host);
    const { fault, entries } = own[0]!;
    const first = entries[0]!;
    const url = canonicalUrl(first.resolved!.value)!;
    const root = `${url.scheme}://${hostAndPort(url)}`;
    const base = `${root}${basePathOf(url)}`;
    const isOne = own.every((each) => isBelow(each, base));
    return {
      host,
      base: isOne || fault.isTenant ? base : `${root}/`,
      first,
      count,
      total,
      isNew: committed === undefined ? undefined : !hasPlace(committed, host),
    };
  }
  return undefined;
}

/** Checks whether a file has packages from a host, or from a path on it. */
function hasPlace({ entries }: Lockfile, place: string): boolean {
  return entries.some(({ resolved }) => {
    const url = resolved === undefined ? undefined : canonicalUrl(resolved.value);
    return (
      url !== undefined &&
      (hostAndPort(url) === place || `${hostAndPort(url)}${withoutSlash(basePathOf(url))}` === place)
    );
  });
}

/** Checks for a foreign host without credentials, which the URL of a mirror must not contain. */
function isPlainlyForeign({ reason, holdsCredentials }: SourceFault): boolean {
  return reason === 'foreign' && !holdsCredentials;
}

/**
 * Checks whether all package URLs are tarballs directly below the base. If they share a plain base, the first
 * represents all.
 */
function isBelow({ entries, base: plain }: Faulty, base: string): boolean {
  return (plain === undefined ? entries : entries.slice(0, 1)).every(({ resolved }) => {
    const url = canonicalUrl(resolved!.value);
    return url !== undefined && `${url.scheme}://${hostAndPort(url)}${basePathOf(url)}` === base;
  });
}

/** Returns the path of the URL's registry as far as the URL reveals it, otherwise the root. */
function basePathOf(url: CanonicalUrl): string {
  return readTarballUrl(url)?.basePath ?? '/';
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}
