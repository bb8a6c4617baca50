import type { RegistryChoice } from '../config/npm-config.ts';
import type { Project } from '../project/project.ts';
import { hostAndPort, parseWebAddress } from '../text/web-address.ts';
import { type AskPermission, mayAsk } from './may-ask.ts';

/** Which registry serves a name in this project, and whether it may be asked for it. */
export interface ProjectAsk {
  readonly registry: RegistryChoice;
  readonly permission: AskPermission;
}

/** Puts the question of `mayAsk` for a package of a project; `name` is the package's own, not an alias. */
export function askProject(
  project: Project,
  name: string,
  settings: { readonly online: boolean; readonly trusted: boolean },
): ProjectAsk {
  const { npmConfig, policy, memberNames, exoticNames } = project;
  const registry = npmConfig.registryFor(name);
  const isPublic = npmConfig.isPublic(registry.url);
  const permission = mayAsk({
    name,
    registry,
    isPublic,
    online: settings.online,
    trusted: settings.trusted,
    privateScopes: policy.privateScopes,
    internalNames: policy.internalNames,
    memberNames,
    exoticNames,
    lockedHost: isPublic ? lockedElsewhere(project, name) : undefined,
  });
  return { registry, permission };
}

/** The host of a locked package of this name that neither the public registry nor a mirror of it serves. */
function lockedElsewhere(project: Project, name: string): string | undefined {
  for (const entry of project.lockfile?.entries ?? []) {
    if (entry.name !== name || entry.resolved === undefined) continue;
    const address = parseWebAddress(entry.resolved.value);
    if (address !== undefined && !project.npmConfig.isPublic(entry.resolved.value))
      return hostAndPort(address);
  }
  return undefined;
}
