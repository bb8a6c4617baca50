import { isSameHost, parseWebAddress } from '../../text/paths/web-address.ts';
import type { Project, ScopeEvidence } from '../project.ts';
import { ownDefaultLine } from './own-registry-lines.ts';

type Sources = Pick<Project, 'policy' | 'npmConfig'>;

/** Whether the configuration file or another file of the workspace says that a scope (with its @) is private. */
export function isPrivateScope(project: Sources & Pick<Project, 'scopeEvidence'>, scope: string): boolean {
  return isDeclaredPrivate(project, scope) || privateEvidence(project, scope) !== undefined;
}

/** The first other file of the workspace that says so, where the project's configuration file does not deny it. */
export function privateEvidence(
  project: Sources & Pick<Project, 'scopeEvidence'>,
  scope: string,
): ScopeEvidence | undefined {
  if (isDeclaredPublic(project, scope)) return undefined;
  return project.scopeEvidence.get(scope)?.find(({ registry }) => !isPublicHost(project, registry));
}

/** Whether the project's own configuration file says so. */
export function isDeclaredPrivate(project: Sources, scope: string): boolean {
  return (
    project.policy.privateScopes.some((entry) => entry.scope === scope) && !isDeclaredPublic(project, scope)
  );
}

/** Whether the private packages of a scope are at the public registry, which has such too: then nobody can take them. */
function isDeclaredPublic(project: Sources, scope: string): boolean {
  return project.policy.privateScopes.some(
    (entry) => entry.scope === scope && entry.registry !== undefined && isPublicHost(project, entry.registry),
  );
}

/** Whether the project's own files have a default registry that is not the public one: that one is asked for all. */
export function hasOwnDefault(project: Project): boolean {
  const line = ownDefaultLine(project);
  if (line === undefined || parseWebAddress(line.value.value) === undefined) return false;
  return !project.npmConfig.isOpen(line.value.value);
}

/** Whether an address is the public registry's own, and not a mirror's. */
export function isPublicHost({ npmConfig }: Pick<Project, 'npmConfig'>, url: string): boolean {
  return isSameHost(url, npmConfig.publicRegistry);
}
