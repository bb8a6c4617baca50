import type { LockEntry, Lockfile } from '../../../read/lockfile/model/lockfile.ts';
import { specOfLockfile } from '../../../read/manager/manager-of-lockfile.ts';
import type { Project } from '../../../read/project/project.ts';
import { scopeOf } from '../../../read/text/paths/scope-of.ts';
import { hostAndPort, parseWebUrl } from '../../../read/text/paths/web-url.ts';

/** An entry that neither the public registry nor a mirror of it serves, and the host that does. */
export interface ForeignEntry {
  readonly host: string;
  readonly entry: LockEntry;
}

/** What a lockfile takes from hosts other than the public registry's. */
export interface ForeignEntries {
  /** The first entry of each package name. */
  readonly byName: ReadonlyMap<string, ForeignEntry>;
  /** By scope in lower case, if a registry serves the entry: a fork from elsewhere means nothing for its scope. */
  readonly byScope: ReadonlyMap<string, ForeignEntry>;
  /** Names of these scopes that the public registry serves nevertheless. */
  readonly isPublic: ReadonlySet<string>;
}

interface Known {
  readonly npmConfig: Project['npmConfig'];
  readonly foreign: ForeignEntries;
}

const known = new WeakMap<Lockfile, Known>();

/**
 * Returns what the lockfile takes from other hosts. Computed once for each lockfile, however many names are looked up.
 */
export function foreignEntries({ lockfile, npmConfig }: Project): ForeignEntries | undefined {
  if (lockfile === undefined) return undefined;
  const before = known.get(lockfile);
  if (before?.npmConfig === npmConfig) return before.foreign;
  const foreign = findForeign(lockfile, npmConfig);
  known.set(lockfile, { npmConfig, foreign });
  return foreign;
}

/**
 * Returns the package of the name's scope that a private registry serves, unless the public one serves the name itself.
 */
export function foreignSibling(foreign: ForeignEntries | undefined, name: string): ForeignEntry | undefined {
  if (foreign === undefined || foreign.byScope.size === 0 || foreign.isPublic.has(name)) return undefined;
  return foreign.byScope.get(scopeKey(name) ?? '');
}

function findForeign({ entries, format }: Lockfile, npmConfig: Project['npmConfig']): ForeignEntries {
  const byName = new Map<string, ForeignEntry>();
  const byScope = new Map<string, ForeignEntry>();
  const { mayNameRegistryAlone } = specOfLockfile(format).lockfile;
  let publicOrigin: string | undefined;
  for (const entry of entries) {
    const { name, resolved } = entry;
    if (resolved === undefined || byName.has(name)) continue;
    const { value } = resolved;
    // Nearly all entries are of one registry. Everything below a public URL is public.
    if (publicOrigin !== undefined && value.startsWith(publicOrigin)) continue;
    const address = parseWebUrl(value);
    if (address === undefined) continue;
    if (npmConfig.isOpen(value)) {
      if (address.scheme === 'https') publicOrigin = originOf(value, npmConfig) ?? publicOrigin;
      continue;
    }
    const found = { host: hostAndPort(address), entry };
    byName.set(name, found);
    const scope = scopeKey(name);
    if (scope === undefined || byScope.has(scope)) continue;
    // Bun records a registry's URL without the name.
    const isOfRegistry = mayNameRegistryAlone && entry.source === 'registry';
    if (isOfRegistry || isServed(address.rest, name)) byScope.set(scope, found);
  }
  const isPublic = new Set<string>();
  for (const { name, resolved } of byScope.size === 0 ? [] : entries) {
    if (!byScope.has(scopeKey(name) ?? '') || resolved === undefined || byName.has(name)) continue;
    if (npmConfig.isOpen(resolved.value)) isPublic.add(name);
  }
  return { byName, byScope, isPublic };
}

/** Checks whether a URL has the package name with its scope in its path, as in registries but not in archives. */
function isServed(path: string, name: string): boolean {
  return path.replace(/%2f/gi, '/').replace(/%40/g, '@').includes(`/${name}/`);
}

/** Returns the `https://host/` of a URL, if that is public as a whole. */
function originOf(url: string, npmConfig: Project['npmConfig']): string | undefined {
  const origin = url.slice(0, url.indexOf('/', 'https://'.length) + 1);
  return /^https:\/\/[^\s/\\@]+\/$/.test(origin) && npmConfig.isOpen(origin) ? origin : undefined;
}

function scopeKey(name: string): string | undefined {
  return scopeOf(name)?.toLowerCase();
}
