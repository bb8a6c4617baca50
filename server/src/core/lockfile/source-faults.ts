import type { Policy } from '../policy/policy.ts';
import type { Project } from '../project/project.ts';
import { hostAndPort, isLoopback, parseWebAddress, type WebAddress } from '../text/web-address.ts';
import type { LockEntry, Lockfile } from './lockfile.ts';

/**
 * What is wrong with the address of a registry package. foreign: a host that nothing names. public: the public
 * registry, where the scope is mapped to another one. http: not encrypted, where the registry is. credentials: in it.
 */
export type SourceReason = 'foreign' | 'public' | 'http' | 'credentials';

export interface SourceFault {
  readonly reason: SourceReason;
  /** Of the address, with a port that is not the scheme's own. */
  readonly host: string;
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

type Judged = Pick<Project, 'npmConfig' | 'policy' | 'exoticNames'>;

/**
 * Which packages of a lockfile come from elsewhere than the registry that npm's configuration gives their names.
 * Packages that a manifest or another package takes from an address are not judged, as that is where they come from: so
 * are all that pnpm takes from an address, as their keys have it.
 */
export function findSourceFaults(lockfile: Lockfile, project: Judged): SourceFaults {
  const { exoticNames } = project;
  const judge = sourceJudge(project);
  const found: Faulty[] = [];
  let total = 0;
  for (const entry of lockfile.entries) {
    if (entry.source !== 'registry' && (entry.source !== 'tarball' || lockfile.format === 'pnpm')) continue;
    if (exoticNames.size > 0 && exoticNames.has(entry.alias ?? entry.name)) continue;
    // Without an address it comes from the registry that is configured.
    total++;
    const url = entry.resolved?.value;
    if (url === undefined) continue;
    const fault = judge(url, entry.name);
    if (fault !== undefined) found.push({ entry, fault });
  }
  const faulty = withoutDeclared(lockfile, found);
  const mainHost = mainHostOf(faulty, total);
  const faults = new Map<LockEntry, SourceFault>();
  for (const { entry, fault } of faulty) {
    if (fault.reason !== 'foreign' || fault.host !== mainHost?.host) faults.set(entry, fault);
    else if (fault.holdsCredentials) faults.set(entry, { ...fault, reason: 'credentials' });
  }
  return { faults, mainHost };
}

interface Faulty {
  readonly entry: LockEntry;
  readonly fault: SourceFault;
}

/** Judges addresses one by one. Those of one registry and scope are judged once: nearly all are alike. */
function sourceJudge(project: Judged): (url: string, name: string) => SourceFault | undefined {
  const lastOfScope = new Map<string, { readonly base: string; readonly fault: SourceFault | undefined }>();
  return (url, name) => {
    const scope = name.startsWith('@') ? name.slice(0, Math.max(0, name.indexOf('/'))) : '';
    const last = lastOfScope.get(scope);
    if (last !== undefined && url.startsWith(last.base) && isBelowBase(url, name, last.base.length))
      return last.fault;
    const fault = judgeSource(url, name, project);
    const base = registryBaseOf(url, name);
    if (base !== undefined) lastOfScope.set(scope, { base, fault });
    return fault;
  };
}

function isBelowBase(url: string, name: string, length: number): boolean {
  return url.startsWith(name, length) && url.startsWith('/-/', length + name.length);
}

/** `https://host/npm/` of `https://host/npm/a/-/a-1.0.0.tgz`; undefined for an address of another shape. */
function registryBaseOf(url: string, name: string): string | undefined {
  const start = url.indexOf('/-/') - name.length;
  return start > 0 && url[start - 1] === '/' && isBelowBase(url, name, start)
    ? url.slice(0, start)
    : undefined;
}

/**
 * Unknown is no fault: an address that is not http or https, or a registry that the configuration leaves open. Of an
 * address with credentials a foreign host is what counts, as what stands before the `@` may look like the host.
 */
export function judgeSource(url: string, name: string, project: Judged): SourceFault | undefined {
  const { npmConfig } = project;
  // Who resolves it takes no notice of spaces around it.
  const address = parseWebAddress(url.trim());
  if (address === undefined || (address.scheme !== 'https' && address.scheme !== 'http')) return undefined;
  const host = hostAndPort(address);
  const choice = npmConfig.registryFor(name);
  const registry = parseWebAddress(choice.url);
  const configured = registry === undefined ? '' : hostAndPort(registry);
  const expected = npmConfig.isPublic(choice.url) ? 'the public registry' : configured;
  const holdsCredentials = address.userinfo !== undefined;
  const other =
    choice.usable && registry !== undefined ? judgeHost(url, name, address, registry, project) : undefined;
  const reason = holdsCredentials && other?.reason !== 'foreign' ? 'credentials' : other?.reason;
  return reason === undefined
    ? undefined
    : {
        reason,
        host,
        expected: (reason === 'public' ? other?.stated : undefined) ?? expected,
        holdsCredentials,
      };
}

/** What is wrong with the host, and the registry that the project's configuration file states instead. */
function judgeHost(
  url: string,
  name: string,
  address: WebAddress,
  registry: WebAddress,
  { npmConfig, policy }: Judged,
): { readonly reason: SourceReason; readonly stated?: string } | undefined {
  const host = hostAndPort(address);
  if (policy.allowedHosts.includes(host) || policy.allowedHosts.includes(address.host)) return undefined;
  const stated = statedRegistry(name, policy);
  if (npmConfig.isPublic(url)) {
    // The public registry's addresses stand for whichever registry is configured: npm's `replace-registry-host`.
    const choice = npmConfig.registryFor(name);
    if (choice.scope !== undefined && !npmConfig.isPublic(choice.url)) return { reason: 'public' };
    return stated === undefined ? undefined : { reason: 'public', stated: hostAndPort(stated) };
  }
  if (stated !== undefined && host === hostAndPort(stated)) return undefined;
  if (host !== hostAndPort(registry)) return { reason: 'foreign' };
  const isDowngrade = address.scheme === 'http' && registry.scheme === 'https' && !isLoopback(address);
  return isDowngrade ? { reason: 'http' } : undefined;
}

/** The registry that the project's configuration file names for the package's private scope. */
function statedRegistry(name: string, policy: Policy): WebAddress | undefined {
  const stated = policy.privateScopes.find(({ scope }) => name.startsWith(`${scope}/`))?.registry;
  return stated === undefined ? undefined : parseWebAddress(stated);
}

/** Without packages that another package takes from an address itself. Edges are read only where one is in doubt. */
function withoutDeclared(lockfile: Lockfile, found: readonly Faulty[]): readonly Faulty[] {
  const doubtful = new Map<string, LockEntry[]>();
  for (const { entry } of found) {
    if (entry.source !== 'tarball') continue;
    const folder = entry.alias ?? entry.name;
    const same = doubtful.get(folder);
    if (same === undefined) doubtful.set(folder, [entry]);
    else same.push(entry);
  }
  if (doubtful.size === 0) return found;
  const declared = new Set<LockEntry>();
  for (const dependent of [...lockfile.importers.values(), ...lockfile.entries]) {
    for (const { name, specifier } of dependent.edges) {
      for (const entry of doubtful.get(name) ?? []) {
        if (withoutHash(specifier.value) === withoutHash(entry.resolved?.value ?? '')) declared.add(entry);
      }
    }
  }
  return found.filter(({ entry }) => !declared.has(entry));
}

/** Yarn 1 writes a hash behind the address that is declared. */
function withoutHash(address: string): string {
  const hash = address.indexOf('#');
  return hash === -1 ? address : address.slice(0, hash);
}

function mainHostOf(faulty: readonly Faulty[], total: number): MainHost | undefined {
  const counts = new Map<string, number>();
  for (const { fault } of faulty) {
    if (isPlainlyForeign(fault)) counts.set(fault.host, (counts.get(fault.host) ?? 0) + 1);
  }
  for (const [host, count] of counts) {
    if (count < Math.max(LEAST_OF_MAIN, total * MAIN_SHARE)) continue;
    const own = faulty.filter(({ fault }) => isPlainlyForeign(fault) && fault.host === host);
    const first = own[0]!.entry;
    const url = first.resolved!.value;
    const base = registryBaseOf(url, first.name);
    const isOne = base !== undefined && own.every(({ entry }) => liesBelow(entry, base));
    const root = url.slice(0, url.length - (parseWebAddress(url)?.rest.length ?? 0));
    return { host, base: isOne ? base : `${root}/`, first, count, total };
  }
  return undefined;
}

/** A mirror is named by its address, which must not hold credentials. */
function isPlainlyForeign({ reason, holdsCredentials }: SourceFault): boolean {
  return reason === 'foreign' && !holdsCredentials;
}

/** Whether the package's address is that of its name below the base. */
function liesBelow({ resolved, name }: LockEntry, base: string): boolean {
  const url = resolved?.value ?? '';
  return url.startsWith(base) && isBelowBase(url, name, base.length);
}
