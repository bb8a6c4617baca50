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

/** The registry that serves a name in this project, and whether the name may be requested from it. */
export interface ProjectAsk {
  readonly registry: RegistryChoice;
  readonly permission: AskPermission;
}

export interface AskSettings {
  readonly online: boolean;
  readonly trusted: boolean;
}

/** Checks `mayAsk` for a package of a project; `name` is the package's own, not an alias. */
export function askProject(project: Project, name: string, settings: AskSettings): ProjectAsk {
  const question = questionOf(project, name, settings);
  return { registry: question.registry, permission: mayAsk(question) };
}

/** Checks the same for the public registry's statistics of the package. */
export function askStatistics(project: Project, name: string, settings: AskSettings): AskPermission {
  const { publicRegistry } = project.npmConfig;
  return mayAskStatistics({ ...questionOf(project, name, settings), publicRegistry });
}

/** Checks the same for data of the registry that serves the name, rather than of the package. */
export function askRegistry(project: Project, name: string, settings: AskSettings): ProjectAsk {
  const question = questionOf(project, name, settings);
  return { registry: question.registry, permission: mayAskRegistry(question) };
}

function questionOf(asked: Project, name: string, settings: AskSettings): AskQuestion {
  const project = askingProject(asked);
  const { npmConfig, policy, memberNames, exoticNames } = project;
  const registry = npmConfig.registryFor(name);
  // A mirror that anyone names counts as open, trusted or not: that can only withhold names.
  const isOpen = asked.npmConfig.isOpen(registry.url);
  const online = settings.online && npmConfig.get('offline')?.value !== 'true';
  // If nothing may be sent at all, the lockfile is not searched for further reasons.
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

/** A damaged lockfile may take anything without a readable entry from elsewhere. */
function lostEntry({ lockfile }: Project, name: string): AskQuestion['unreadDeclaration'] {
  if (lockfile?.status !== 'partial' || lockedNames(lockfile).has(name)) return undefined;
  return { file: nameOf(lockfile.uri), reason: asClause(lockfile.reason ?? 'It is damaged.') };
}

/**
 * Returns what sources other than the effective configuration say of the scope. A declaration that an open registry
 * serves it outweighs what follows from the lockfile or from where packages are published, and equals another
 * configuration file of the workspace: if two contradict each other, the cautious one counts.
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

/** Returns the mapping of a scope in .npmrc files, although the project's package manager does not read them. */
function mappingForNpm({ npmConfig }: Project, scope: string): string | undefined {
  const url = npmConfig.get(`${scope}:registry`)?.value;
  return url === undefined || npmConfig.isOpen(url) ? undefined : url;
}

/** Returns the mapping of a scope in the user's own .npmrc, whichever file precedes it: no project makes it public. */
function mappingOfUser({ npmConfig }: Project, scope: string): string | undefined {
  const { user, global, isOpen } = npmConfig;
  const entries = [...(user?.entries ?? []), ...(global?.entries ?? [])];
  return entries.find(({ key, value }) => key.toLowerCase() === `${scope}:registry` && !isOpen(value))?.value;
}

const evident = new WeakMap<Project, ReadonlyMap<string, ScopeEvidence>>();

/**
 * Returns the evidence that a private registry serves a scope, by the scope in lower case. Computed once for all names
 * of a project.
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
