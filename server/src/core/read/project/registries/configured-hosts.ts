import { hostAndPort, isLoopback, parseWebUrl } from '../../text/paths/web-url.ts';
import type { Project } from '../project.ts';

/** Settings that name a registry, in any project of the workspace and in the user's own files. */
function* configuredUrls(project: Project): Generator<string> {
  const { npmConfig, pnpmWorkspace, yarnrcs, bunfig, rootManifest, scopeEvidence, policy } = project;
  yield* npmConfig.publicBases;
  yield npmConfig.get('registry')?.value ?? npmConfig.publicRegistry;
  for (const file of [npmConfig.project, npmConfig.user, npmConfig.global])
    for (const { key, value } of file?.entries ?? [])
      if (key === 'registry' || key.endsWith(':registry')) yield value;
  for (const { value } of pnpmWorkspace?.registries ?? []) if (value !== undefined) yield value.text;
  for (const { registry, scopes } of yarnrcs)
    for (const { server } of [registry, ...scopes]) if (server !== undefined) yield server.value;
  for (const one of bunfig === undefined ? [] : [bunfig.registry, ...bunfig.scopes])
    if (one?.url !== undefined) yield one.url.value;
  const published = rootManifest?.publishConfig;
  if (published?.registry !== undefined) yield published.registry.value;
  for (const { value } of published?.scopes.values() ?? []) yield value;
  for (const list of scopeEvidence.values()) for (const { registry } of list) yield registry;
  yield* policy.mirrors;
}

/**
 * Checks whether a project may have a credential for the host of a URL: a registry setting or the configuration file names
 * it, the lockfile installs from it, or it is this machine. Also true for a host that cannot be read.
 */
export function isConfiguredHost(project: Project, url: string): boolean {
  const address = parseWebUrl(url);
  if (address === undefined || url.includes('${') || isLoopback(address)) return true;
  const host = hostAndPort(address);
  const { allowedHosts } = project.policy;
  if (allowedHosts.some((one) => one === host || one === address.host)) return true;
  for (const one of configuredUrls(project)) {
    const configured = parseWebUrl(one);
    // A variable may be any host.
    if (configured === undefined || one.includes('${') || hostAndPort(configured) === host) return true;
  }
  return project.lockfile?.text.includes(`//${host}/`) === true;
}
