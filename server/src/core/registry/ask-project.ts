import type { RegistryChoice } from '../config/npm/npm-config.ts';
import type { Lockfile } from '../lockfile/lockfile.ts';
import type { Project } from '../project/project.ts';
import { nameOf } from '../text/uri.ts';
import { hostAndPort, parseWebAddress } from '../text/web-address.ts';
import { type AskPermission, type AskQuestion, mayAsk, mayAskRegistry, mayAskStatistics } from './may-ask.ts';

/** Which registry serves a name in this project, and whether it may be asked for it. */
export interface ProjectAsk {
  readonly registry: RegistryChoice;
  readonly permission: AskPermission;
}

export interface AskSettings {
  readonly online: boolean;
  readonly trusted: boolean;
}

/** Puts the question of `mayAsk` for a package of a project; `name` is the package's own, not an alias. */
export function askProject(project: Project, name: string, settings: AskSettings): ProjectAsk {
  const question = questionOf(project, name, settings);
  return { registry: question.registry, permission: mayAsk(question) };
}

/** The same for the public registry's statistics of the package. */
export function askStatistics(project: Project, name: string, settings: AskSettings): AskPermission {
  const { publicRegistry } = project.npmConfig;
  return mayAskStatistics({ ...questionOf(project, name, settings), publicRegistry });
}

/** The same for what belongs to the registry that serves the name, and not to the package. */
export function askRegistry(project: Project, name: string, settings: AskSettings): ProjectAsk {
  const question = questionOf(project, name, settings);
  return { registry: question.registry, permission: mayAskRegistry(question) };
}

function questionOf(project: Project, name: string, settings: AskSettings): AskQuestion {
  const { npmConfig, policy, memberNames, exoticNames } = project;
  const registry = npmConfig.registryFor(name);
  const isPublic = npmConfig.isPublic(registry.url);
  const online = settings.online && npmConfig.get('offline')?.value !== 'true';
  // Where nothing may be sent at all, the lockfile is not searched for a reason more.
  const isOpen = online && settings.trusted;
  return {
    name,
    registry,
    isPublic,
    online,
    trusted: settings.trusted,
    privateScopes: policy.privateScopes,
    internalNames: policy.internalNames,
    memberNames,
    exoticNames,
    unreadFile: npmConfig.unread === undefined ? undefined : nameOf(npmConfig.unread),
    lockedHost: isPublic && isOpen ? lockedElsewhere(project, name) : undefined,
  };
}

interface Foreign {
  readonly npmConfig: Project['npmConfig'];
  readonly hosts: ReadonlyMap<string, string>;
}

const foreignHosts = new WeakMap<Lockfile, Foreign>();

/** The host of a locked package of this name that neither the public registry nor a mirror of it serves. */
function lockedElsewhere({ lockfile, npmConfig }: Project, name: string): string | undefined {
  if (lockfile === undefined) return undefined;
  let foreign = foreignHosts.get(lockfile);
  if (foreign?.npmConfig !== npmConfig) {
    foreign = { npmConfig, hosts: hostsElsewhere(lockfile, npmConfig) };
    foreignHosts.set(lockfile, foreign);
  }
  return foreign.hosts.get(name);
}

function hostsElsewhere(lockfile: Lockfile, npmConfig: Project['npmConfig']): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  let publicOrigin: string | undefined;
  for (const { name, resolved } of lockfile.entries) {
    if (resolved === undefined || hosts.has(name)) continue;
    const { value } = resolved;
    // Nearly all entries are of one registry. All that lies below a public address is public.
    if (publicOrigin !== undefined && value.startsWith(publicOrigin)) continue;
    const address = parseWebAddress(value);
    if (address === undefined) continue;
    if (!npmConfig.isPublic(value)) hosts.set(name, hostAndPort(address));
    else if (address.scheme === 'https') publicOrigin = originOf(value, npmConfig) ?? publicOrigin;
  }
  return hosts;
}

/** `https://host/` of an address, where that is public as a whole. */
function originOf(url: string, npmConfig: Project['npmConfig']): string | undefined {
  const origin = url.slice(0, url.indexOf('/', 'https://'.length) + 1);
  return /^https:\/\/[^\s/\\@]+\/$/.test(origin) && npmConfig.isPublic(origin) ? origin : undefined;
}
