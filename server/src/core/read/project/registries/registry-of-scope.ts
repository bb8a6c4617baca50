import { parseWebUrl } from '../../text/paths/web-url.ts';
import type { Project } from '../project.ts';

/**
 * Returns the registry of a private scope, if anything in the project, the workspace or this machine's configuration
 * names it: its configuration file, another mapping or publishConfig, the URLs in the lockfile.
 */
export function registryOfScope(scope: string, project: Project): string | undefined {
  const { policy, scopeEvidence, npmConfig } = project;
  const candidates = [
    policy.privateScopes.find((entry) => entry.scope === scope)?.registry,
    ...(scopeEvidence.get(scope) ?? []).map(({ registry }) => registry),
    npmConfig.scopeMapping(scope)?.url,
    registryInLockfile(scope, project),
  ];
  const usable = candidates.find((url) => url !== undefined && isUsable(url));
  return usable === undefined || usable.endsWith('/') ? usable : `${usable}/`;
}

/** Checks whether a URL may be written to a file: complete, and without a password. */
function isUsable(url: string): boolean {
  const address = parseWebUrl(url);
  return (
    address !== undefined &&
    /^https?$/.test(address.scheme) &&
    address.userinfo === undefined &&
    !/[\s${}?#]/.test(url)
  );
}

/** Returns the part before `/@scope/name/-/` in the URLs of the scope's packages, if all of them share it. */
function registryInLockfile(scope: string, { lockfile, npmConfig }: Project): string | undefined {
  const found = new Set<string>();
  for (const { name, resolved } of lockfile?.entries ?? []) {
    if (!name.startsWith(`${scope}/`) || resolved === undefined || npmConfig.isOpen(resolved.value)) continue;
    for (const path of [`/${name}/-/`, `/${name.replace('/', '%2f')}/-/`]) {
      const at = resolved.value.indexOf(path);
      if (at !== -1) found.add(resolved.value.slice(0, at + 1));
    }
  }
  return found.size === 1 ? [...found][0] : undefined;
}
