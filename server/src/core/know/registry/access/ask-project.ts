import type { RegistryChoice } from '../../../read/config/npm/npm-config.ts';
import { lockedNames } from '../../../read/lockfile/model/locked-names.ts';
import type { Project, ScopeEvidence } from '../../../read/project/project.ts';
import { privateEvidence } from '../../../read/project/registries/private-scopes.ts';
import { scopeOf } from '../../../read/text/paths/scope-of.ts';
import { nameOf } from '../../../read/text/paths/uri.ts';
import { asClause } from '../../../read/text/words/clause.ts';
import { type ForeignEntries, foreignEntries, foreignSibling } from '../releases/locked-elsewhere.ts';
import { askingProject } from './asking-project.ts';
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

function questionOf(asked: Project, name: string, settings: AskSettings): AskQuestion {
  const project = askingProject(asked);
  const { npmConfig, policy, memberNames, exoticNames } = project;
  const registry = npmConfig.registryFor(name);
  // A mirror that anybody names is open, believed or not: that only keeps names.
  const isOpen = asked.npmConfig.isOpen(registry.url);
  const online = settings.online && npmConfig.get('offline')?.value !== 'true';
  // Where nothing may be sent at all, the lockfile is not searched for a reason more.
  const maySend = online && settings.trusted;
  const foreign = isOpen && maySend ? foreignEntries(project) : undefined;
  return {
    name,
    registry,
    isOpen,
    online,
    trusted: settings.trusted,
    privateScopes: policy.privateScopes,
    internalNames: policy.internalNames,
    memberNames,
    exoticNames,
    unreadFile: npmConfig.unread === undefined ? undefined : nameOf(npmConfig.unread),
    credentialWithheld: maySend && npmConfig.withholdsCredential(registry.url, name),
    credentialNew: maySend && npmConfig.hasNewCredential?.(registry.url, name) === true,
    lockedHost: foreign?.byName.get(name)?.host,
    ...scopeElsewhere(project, registry, foreign, name),
    unreadDeclaration:
      npmConfig.unread === undefined
        ? (project.unreadDeclaration ?? (foreign && lostEntry(project, name)))
        : undefined,
  };
}

/** A damaged lockfile may take from elsewhere whatever it has no entry of that can be read. */
function lostEntry({ lockfile }: Project, name: string): AskQuestion['unreadDeclaration'] {
  if (lockfile?.status !== 'partial' || lockedNames(lockfile).has(name)) return undefined;
  return { file: nameOf(lockfile.uri), reason: asClause(lockfile.reason ?? 'It is damaged.') };
}

/**
 * What other places than the configuration in force say of the scope. Whoever writes down that an open registry serves it
 * says more than what follows from the lockfile or from where packages are published, and as much as another
 * configuration file of the workspace: of two that contradict each other the careful one counts.
 */
function scopeElsewhere(
  project: Project,
  registry: RegistryChoice,
  foreign: ForeignEntries | undefined,
  name: string,
): Pick<AskQuestion, 'statedRegistry' | 'lockedScopeHost'> {
  const scope = scopeOf(name)?.toLowerCase();
  const stated = scope === undefined ? undefined : privateScopes(project).get(scope);
  if (scope === undefined) return { statedRegistry: undefined, lockedScopeHost: undefined };
  if (registry.scope === undefined) {
    return {
      statedRegistry: stated?.registry ?? mappingForNpm(project, scope) ?? mappingOfUser(project, scope),
      lockedScopeHost: foreignSibling(foreign, name)?.host,
    };
  }
  const { source } = registry;
  const isOfWorkspace = (source.type === 'file' || source.type === 'config') && source.level === 'project';
  if (!isOfWorkspace) return { statedRegistry: undefined, lockedScopeHost: undefined };
  const isOther = stated !== undefined && stated.uri !== source.uri && stated.origin !== 'publishConfig';
  return {
    statedRegistry: isOther ? stated.registry : mappingOfUser(project, scope),
    lockedScopeHost: undefined,
  };
}

/** What .npmrc files say of a scope, though the project's package manager does not read them. */
function mappingForNpm({ npmConfig }: Project, scope: string): string | undefined {
  const url = npmConfig.get(`${scope}:registry`)?.value;
  return url === undefined || npmConfig.isOpen(url) ? undefined : url;
}

/** What the user's own .npmrc says of a scope in any case, whichever file comes before it: no project makes it public. */
function mappingOfUser({ npmConfig }: Project, scope: string): string | undefined {
  const { user, global, isOpen } = npmConfig;
  const entries = [...(user?.entries ?? []), ...(global?.entries ?? [])];
  return entries.find(({ key, value }) => key.toLowerCase() === `${scope}:registry` && !isOpen(value))?.value;
}

const evident = new WeakMap<Project, ReadonlyMap<string, ScopeEvidence>>();

/**
 * Which file of the workspace says that a private registry serves a scope, by the scope in lower case. Found out once for
 * all names of a project.
 */
export function privateScopes(project: Project): ReadonlyMap<string, ScopeEvidence> {
  let scopes = evident.get(project);
  if (scopes === undefined) {
    const found = new Map<string, ScopeEvidence>();
    for (const scope of project.scopeEvidence.keys()) {
      const evidence = privateEvidence(project, scope);
      const key = scope.toLowerCase();
      if (evidence !== undefined && !found.has(key)) found.set(key, evidence);
    }
    scopes = found;
    evident.set(project, scopes);
  }
  return scopes;
}
