import type { RegistryChoice } from '../config/npm/npm-config.ts';
import type { Project, ScopeEvidence } from '../project/project.ts';
import { privateEvidence } from '../project/registries/private-scopes.ts';
import { scopeOf } from '../text/scope-of.ts';
import { nameOf } from '../text/uri.ts';
import { type ForeignEntries, foreignEntries, foreignSibling } from './locked-elsewhere.ts';
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
  const foreign = isPublic && isOpen ? foreignEntries(project) : undefined;
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
    lockedHost: foreign?.byName.get(name)?.host,
    // Whoever writes down that the public registry serves a scope says more than what follows from other places.
    ...(registry.scope === undefined ? scopeElsewhere(project, foreign, name) : NOWHERE),
  };
}

type ScopeElsewhere = Pick<AskQuestion, 'statedRegistry' | 'lockedScopeHost'>;

const NOWHERE: ScopeElsewhere = { statedRegistry: undefined, lockedScopeHost: undefined };

function scopeElsewhere(project: Project, foreign: ForeignEntries | undefined, name: string): ScopeElsewhere {
  const scope = scopeOf(name);
  if (scope === undefined) return NOWHERE;
  return {
    statedRegistry: privateScopes(project).get(scope)?.registry,
    lockedScopeHost: foreignSibling(foreign, name)?.host,
  };
}

const evident = new WeakMap<Project, ReadonlyMap<string, ScopeEvidence>>();

/** Which file of the workspace says that a private registry serves a scope. Found out once for all names of a project. */
export function privateScopes(project: Project): ReadonlyMap<string, ScopeEvidence> {
  let scopes = evident.get(project);
  if (scopes === undefined) {
    const found = new Map<string, ScopeEvidence>();
    for (const scope of project.scopeEvidence.keys()) {
      const evidence = privateEvidence(project, scope);
      if (evidence !== undefined) found.set(scope, evidence);
    }
    scopes = found;
    evident.set(project, scopes);
  }
  return scopes;
}
