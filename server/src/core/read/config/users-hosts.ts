import { canonicalUrl } from '../text/paths/canonical-url.ts';
import type { NpmConfig, RegistryChoice } from './npm/npm-config.ts';

/**
 * Returns the configuration of a project whose own files are not trusted, allowing requests to registries that the
 * user's own configuration names: one that it also selects for the name, or one that it holds a credential for. A
 * credential alone does not qualify an open registry: a private name must not be sent there.
 */
export function withUsersHosts(config: NpmConfig, ofUser: NpmConfig): NpmConfig {
  const believed = (choice: RegistryChoice, name: string): RegistryChoice => {
    if (choice.trusted) return choice;
    const own = ofUser.registryFor(name);
    if (canonicalUrl(own.url)?.href === canonicalUrl(choice.url)?.href) return own;
    const isNamed =
      choice.usable && !config.isOpen(choice.url) && ofUser.foundCredential(choice.url, name) !== undefined;
    return isNamed ? { ...choice, trusted: true } : choice;
  };
  return {
    ...config,
    registryFor: (name) => believed(config.registryFor(name), name),
    scopeMapping(scope) {
      const choice = config.scopeMapping(scope);
      return choice && believed(choice, `${scope}/a`);
    },
  };
}
