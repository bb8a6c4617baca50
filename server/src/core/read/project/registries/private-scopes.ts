import { isSameHost, parseWebUrl } from '../../text/paths/web-url.ts';
import type { Project, ScopeEvidence } from '../project.ts';
import { ownDefaultLine } from './own-registry-lines.ts';

type Sources = Pick<Project, 'policy' | 'npmConfig'>;

/** Checks whether the configuration file or another file of the workspace makes a scope (with its @) private. */
export function isPrivateScope(project: Sources & Pick<Project, 'scopeEvidence'>, scope: string): boolean {
  return isDeclaredPrivate(project, scope) || privateEvidence(project, scope) !== undefined;
}

/** Returns the first other file of the workspace that does, unless the project's configuration file contradicts it. */
export function privateEvidence(
  project: Sources & Pick<Project, 'scopeEvidence'>,
  scope: string,
): ScopeEvidence | undefined {
  if (isDeclaredPublic(project, scope)) return undefined;
  return project.scopeEvidence.get(scope)?.find(({ registry }) => !isPublicHost(project, registry));
}

/** Checks whether the project's own configuration file declares the scope private. */
export function isDeclaredPrivate(project: Sources, scope: string): boolean {
  return (
    project.policy.privateScopes.some((entry) => entry.scope === scope) && !isDeclaredPublic(project, scope)
  );
}

/**
 * Checks whether the private packages of a scope are at the public registry, which also offers those: then nobody else
 * can claim the names.
 */
function isDeclaredPublic(project: Sources, scope: string): boolean {
  return project.policy.privateScopes.some(
    (entry) => entry.scope === scope && entry.registry !== undefined && isPublicHost(project, entry.registry),
  );
}

/** Checks whether the project's own files have a default registry other than the public one, which serves all names. */
export function hasOwnDefault(project: Project): boolean {
  const line = ownDefaultLine(project);
  if (line === undefined || parseWebUrl(line.value.value) === undefined) return false;
  return !project.npmConfig.isOpen(line.value.value);
}

/** Checks whether a URL is of the public registry itself, not of a mirror. */
export function isPublicHost({ npmConfig }: Pick<Project, 'npmConfig'>, url: string): boolean {
  return isSameHost(url, npmConfig.publicRegistry);
}
