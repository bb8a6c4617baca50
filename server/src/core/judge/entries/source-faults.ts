import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { isServedBy, plainBaseOf, requestedUrl } from '../../read/lockfile/model/registry-base.ts';
import { readTarballAddress } from '../../read/lockfile/model/tarball-address.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import type { Policy } from '../../read/policy-file/policy.ts';
import { declaredSources } from '../../read/project/locked/declared-source.ts';
import type { Project } from '../../read/project/project.ts';
import { type CanonicalUrl, canonicalUrl } from '../../read/text/paths/canonical-url.ts';
import { isLoopback } from '../../read/text/paths/web-address.ts';

/**
 * What is wrong with the address of a registry package. foreign: a host that nothing names. public: the public
 * registry, where the scope is mapped to another one. http: not encrypted, where the registry is. credentials: in it.
 */
export type SourceReason = 'foreign' | 'public' | 'http' | 'credentials';

export interface SourceFault {
  readonly reason: SourceReason;
  /**
   * Of the address, with a port that is not the scheme's own. Where the registry is on the same host, with the path that
   * makes it another one.
   */
  readonly host: string;
  /** Whether the host is the registry's, and only the path is not. */
  readonly isTenant: boolean;
  /** The registry that serves the name by configuration: its host, or "the public registry". */
  readonly expected: string;
  /** Whether the address holds credentials, whatever else is wrong with it. */
  readonly holdsCredentials: boolean;
}

/** One host that serves nearly all of a lockfile: a mirror that nothing names, rather than an attack on each entry. */
export interface MainHost {
  readonly host: string;
  /** The address that all its packages lie below, with a slash at its end. */
  readonly base: string;
  readonly first: LockEntry;
  readonly count: number;
  readonly total: number;
  /** Whether the file has nothing of that host in the base; undefined where that is not known. */
  readonly isNew: boolean | undefined;
}

export interface SourceFaults {
  readonly faults: ReadonlyMap<LockEntry, SourceFault>;
  /** Its entries are not among the faults. */
  readonly mainHost: MainHost | undefined;
}

/** The share of a lockfile's registry packages that makes a host its main one. */
const MAIN_SHARE = 0.8;
/** One package alone shows no habit. */
const LEAST_OF_MAIN = 2;

type Judged = Pick<
  Project,
  'npmConfig' | 'policy' | 'root' | 'exoticSources' | 'lockfile' | 'committedLockfile'
>;

/**
 * Which packages of a lockfile come from elsewhere than the registry that npm's configuration gives their names.
 * Packages that a manifest or another package takes from that very URL are not judged, as that is where they come from: so
 * are all that pnpm takes from an address, as their keys have it.
 * @param entries those that are judged; a main host is looked for only where they are all
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
  let total = 0;
  for (const entry of entries) {
    if (!isJudged(entry) || (entry.source === 'tarball' && hasTarballsInKeys)) continue;
    // Without an address it comes from the registry that is configured.
    total++;
    if (entry.resolved === undefined) continue;
    const base = plainBaseOf(entry);
    const fault = judge(entry, base, entry.resolved.value);
    if (fault === undefined || isDeclared(entry)) continue;
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
    const told: SourceFault = isOfMain ? { ...fault, reason: 'credentials' } : fault;
    for (const entry of own) faults.set(entry, told);
  }
  return { faults, mainHost };
}

function isJudged({ source }: LockEntry): boolean {
  return source === 'registry' || source === 'tarball';
}

/** Whether there are so many packages that no host serves most of them where no more than these are faulty. */
export function excludesMainHost(entries: readonly LockEntry[], faulty: number): boolean {
  let total = 0;
  for (const entry of entries) {
    if (isJudged(entry) && ++total * MAIN_SHARE > faulty) return true;
  }
  return false;
}

/** Entries that follow each other with one fault. */
interface Faulty {
  readonly fault: SourceFault;
  /** See `plainBaseOf`. */
  readonly base: string | undefined;
  readonly entries: LockEntry[];
}

/** Judges addresses one by one. Those of one registry and scope are judged once: nearly all are alike. */
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
 * Unknown is no fault: an address that is not http or https, or a registry that the configuration leaves open. Of an
 * address with credentials a foreign host is what counts, as what stands before the `@` may look like the host.
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
  const configured = registry === undefined ? '' : hostOf(registry);
  const isTenant = reason === 'foreign' && configured === hostOf(address);
  const expected = npmConfig.isPublic(choice.url)
    ? 'the public registry'
    : isTenant
      ? `${configured}${withoutSlash(registry!.path)}`
      : configured;
  return {
    reason,
    host: isTenant ? `${configured}${withoutSlash(basePathOf(address))}` : hostOf(address),
    isTenant,
    expected: (reason === 'public' ? other?.stated : undefined) ?? expected,
    holdsCredentials,
  };
}

/** What is wrong with the URL, and the registry that the project's configuration file states instead. */
function judgeUrl(
  name: string,
  url: CanonicalUrl,
  registry: CanonicalUrl,
  { npmConfig, policy }: Judged,
): { readonly reason: SourceReason; readonly stated?: string } | undefined {
  if (policy.allowedHosts.includes(hostOf(url)) || policy.allowedHosts.includes(url.host)) return undefined;
  const stated = statedRegistry(name, policy);
  if (npmConfig.isPublic(url.href)) {
    // The public registry's addresses stand for whichever registry is configured: npm's `replace-registry-host`.
    const choice = npmConfig.registryFor(name);
    if (choice.scope !== undefined && !npmConfig.isPublic(choice.url)) return { reason: 'public' };
    return stated === undefined ? undefined : { reason: 'public', stated: hostOf(stated) };
  }
  if (stated !== undefined && isServedBy(stated.href, url)) return undefined;
  if (!isServedBy(registry.href, url)) return { reason: 'foreign' };
  const isDowngrade = url.scheme === 'http' && registry.scheme === 'https' && !isLoopback(url);
  return isDowngrade ? { reason: 'http' } : undefined;
}

/** The registry that the project's configuration file names for the package's private scope. */
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
    const root = `${url.scheme}://${hostOf(url)}`;
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

/** Whether a file has packages of a host, or of a path of one. */
function hasPlace({ entries }: Lockfile, place: string): boolean {
  return entries.some(({ resolved }) => {
    const url = resolved === undefined ? undefined : canonicalUrl(resolved.value);
    return (
      url !== undefined &&
      (hostOf(url) === place || `${hostOf(url)}${withoutSlash(basePathOf(url))}` === place)
    );
  });
}

/** A mirror is named by its address, which must not hold credentials. */
function isPlainlyForeign({ reason, holdsCredentials }: SourceFault): boolean {
  return reason === 'foreign' && !holdsCredentials;
}

/** Whether the packages' URLs are those of tarballs right below the base. Where they are written alike one tells of all. */
function isBelow({ entries, base: plain }: Faulty, base: string): boolean {
  return (plain === undefined ? entries : entries.slice(0, 1)).every(({ resolved }) => {
    const url = canonicalUrl(resolved!.value);
    return url !== undefined && `${url.scheme}://${hostOf(url)}${basePathOf(url)}` === base;
  });
}

/** The path of the registry that the URL is of, as far as it tells; else the root. */
function basePathOf(url: CanonicalUrl): string {
  return readTarballAddress(url)?.basePath ?? '/';
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}

function hostOf({ host, port }: CanonicalUrl): string {
  return port === '' ? host : `${host}:${port}`;
}
