import { guardedCredentials } from '../config/guarded-credentials.ts';
import type { NpmConfig, RegistryChoice } from '../config/npm/npm-config.ts';
import { scopeOf } from '../text/paths/scope-of.ts';
import { specOf } from './managers.ts';
import type { RegistrySources } from './model/registry-sources.ts';

/** Returns npm's configuration with the registries and network settings of the project's package manager. */
export function withManagerRegistries(npm: NpmConfig, sources: RegistrySources): NpmConfig {
  const { title, registries } = specOf({ name: sources.manager, generation: sources.generation });
  const own = registries.overlay?.(npm, sources);
  if (own === undefined) return npm;
  const { scopeMapping, unscoped, npmCredentials } = own;
  const registryFor = (name: string): RegistryChoice => {
    const scope = scopeOf(name);
    return (scope === undefined ? undefined : scopeMapping(scope)) ?? unscoped();
  };
  const foundCredential: NpmConfig['foundCredential'] = (url, name) => {
    const scope = own.scopedCredential === undefined || name === undefined ? undefined : scopeOf(name);
    const ofScope = scope === undefined ? undefined : own.scopedCredential?.(url, scope);
    return ofScope ?? own.credential(url) ?? (npmCredentials ? npm.foundCredential(url) : undefined);
  };
  const network: NpmConfig['network'] = (url, options = { ofUser: false }) =>
    registries.network(url, npm, sources, options);
  return {
    ...npm,
    words: { manager: title, files: registries.shownFiles },
    unread: registries.refusedFile(sources)?.uri,
    registryFor,
    scopeMapping,
    network,
    foundCredential,
    ...guardedCredentials({ foundCredential, registryFor, network }),
  };
}
