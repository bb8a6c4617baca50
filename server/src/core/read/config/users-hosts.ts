import { canonicalUrl } from '../text/paths/canonical-url.ts';
import type { NpmConfig, RegistryChoice } from './npm/npm-config.ts';

/**
 * The configuration of a project whose own files are not believed, where registries that the user's own configuration
 * names may be asked all the same: one that it chooses for the name too, or one that it holds a credential for. An open
 * registry is not such a one merely because it has a credential: a private name must not be led there.
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
